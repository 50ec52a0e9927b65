import type { Readable } from 'node:stream';
import type { ImportMapping, ImportRefusal } from '../../../shared/api/import.ts';
import { readAccount, type ReadAccount } from './read-account.ts';
import { readRows } from './read-rows.ts';

/** A row of the file: an account, or why it is none. */
export type FileRow = { readonly account: ReadAccount } | { readonly refusal: ImportRefusal };

/**
 * Reads the accounts of a file as it arrives; calls `count` with each chunk's bytes. `now` in milliseconds. Throws `FileInterrupted` if the file stops
 * arriving. This is the boundary between the bytes of a file and what is done with its people.
 */
export async function* readAccounts(
  bytes: Readable,
  mapping: ImportMapping,
  count: (bytes: number) => void,
  now: () => number,
): AsyncGenerator<FileRow> {
  const width = Math.max(0, ...Object.values(mapping.columns).map((column) => column + 1));
  let isHeader = mapping.header;
  let columns: number | null = null;
  for await (const raw of readRows(bytes, mapping, count)) {
    const { line } = raw;
    const refuse = (reason: ImportRefusal['reason'], detail = ''): FileRow => ({
      refusal: { line, reason, detail },
    });
    if ('refused' in raw) {
      yield refuse(raw.refused);
    } else {
      const { cells } = raw;
      columns ??= cells.length;
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (cells.length !== columns || cells.length < width) {
        yield refuse('wrong-number-of-columns', `${cells.length}, not ${columns}`);
      } else if (cells.some((cell) => cell.includes('\uFFFD') || cell.includes('\0'))) {
        yield refuse('bad-characters');
      } else {
        const read = readAccount(line, (field) => cells[mapping.columns[field] ?? -1] ?? '', now());
        yield 'reason' in read ? refuse(read.reason, read.detail) : { account: read };
      }
    }
    isHeader = false;
  }
}
