import type { Readable } from 'node:stream';
import type { ImportField, ImportMapping } from '../../../shared/api/import-file.ts';
import { limits } from '../../../shared/api/limits.ts';
import { CsvScanner } from './file/csv-scanner.ts';
import { fileKindOf, kindBytes, workbookTooLarge } from './file/file-kind.ts';
import { encodingOfMark } from './file/recognise-encoding.ts';
import { Table, type TableRow } from './file/table.ts';
import { createFileDecoder } from './encoding/file-decoder.ts';
import type { OtherLine } from './encoding/line-decoder.ts';

/** Thrown when the upload ends before the file does. */
export class FileInterrupted extends Error {}

/** Milliseconds in which the next part of a file has to arrive. */
const idleLimitMs = 60_000;

/** The columns of each field, in order of preference. */
export function columnsOf({ columns, moreColumns = {} }: ImportMapping): Map<ImportField, readonly number[]> {
  const fields = new Set([...Object.keys(columns), ...Object.keys(moreColumns)]) as Set<ImportField>;
  return new Map(
    [...fields].map((field) => {
      const first = columns[field];
      return [field, [...new Set([...(first === undefined ? [] : [first]), ...(moreColumns[field] ?? [])])]];
    }),
  );
}

/** The table of a file with a mapping. */
export function tableOf(mapping: ImportMapping): Table {
  const fields = columnsOf(mapping);
  const wanted = new Set([...fields.values()].flat());
  const names = new Set(
    (['displayName', 'givenName', 'familyName'] as const).flatMap((field) => fields.get(field) ?? []),
  );
  const isWanted = (column: number): boolean => wanted.has(column);
  const { header, headerLine } = mapping;
  return new Table({ header, headerLine, isWanted, isName: (column) => names.has(column) });
}

/** Marks the rows with a line in another encoding. A row ends before the next one begins. */
export function withOthers(rows: TableRow[], others: ReadonlyMap<number, OtherLine>): TableRow[] {
  if (others.size === 0) return rows;
  return rows.map((row, at) => {
    if (row.kind !== 'row') return row;
    const end = Math.max(row.line + 1, Math.min(rows[at + 1]?.line ?? 0, row.line + 100));
    for (let line = row.line; line < end; line += 1)
      if (others.has(line)) return { ...row, isOtherEncoding: true };
    return row;
  });
}

/**
 * Reads a file row by row as it arrives; calls `count` with each chunk's bytes. CSV is scanned as it arrives, a workbook when it is complete. If a row cannot be
 * read (a misplaced or unclosed quote, a mapped cell that is too long), its first line is refused and reading continues with the next line, so that a
 * mistake costs one row and no line is lost silently. Throws `import.not-csv` for another kind of file, `FileInterrupted` if the upload stops.
 */
export async function* readRows(
  bytes: Readable,
  mapping: ImportMapping,
  count: (bytes: number) => void,
): AsyncGenerator<TableRow> {
  const table = tableOf(mapping);
  const chunks = arrivingChunks(bytes, count);
  try {
    const { head, interruption } = await headOf(chunks);
    if (fileKindOf(head) === 'zip') {
      if (interruption !== null) throw interruption;
      const { workbookRows } = await import('./file/workbook.ts');
      for await (const rows of workbookRows(await wholeOf(head, chunks))) yield* table.add(rows, false);
      yield* table.add([], true);
      return;
    }
    const scanner = new CsvScanner(mapping.delimiter);
    const decoder = createFileDecoder(encodingOfMark(head) ?? mapping.encoding, mapping.otherEncoding);
    const add = (text: string, isFinal: boolean): TableRow[] =>
      withOthers(table.add(scanner.push(text, isFinal), isFinal), decoder.others);
    yield* add(decoder.decode(head, { stream: true }), false);
    try {
      if (interruption !== null) throw interruption;
      for await (const chunk of chunks) yield* add(decoder.decode(chunk, { stream: true }), false);
    } catch (error) {
      // Complete rows are kept; the last one may have been cut off.
      if (error instanceof FileInterrupted) yield* table.add([], true);
      throw error;
    }
    yield* add(decoder.decode(), true);
  } finally {
    await chunks.return();
  }
}

/** The first bytes of the file, enough to tell its kind. */
async function headOf(
  chunks: AsyncGenerator<Buffer, void>,
): Promise<{ head: Buffer; interruption: FileInterrupted | null }> {
  let head: Buffer = Buffer.alloc(0);
  try {
    while (head.length < kindBytes) {
      const { done, value } = await chunks.next();
      if (done === true) break;
      head = head.length === 0 ? value : Buffer.concat([head, value]);
    }
  } catch (error) {
    if (error instanceof FileInterrupted) return { head, interruption: error };
    throw error;
  }
  return { head, interruption: null };
}

async function wholeOf(head: Buffer, chunks: AsyncGenerator<Buffer, void>): Promise<Buffer> {
  const pieces = [head];
  let size = head.length;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limits.importWorkbook) throw workbookTooLarge();
    pieces.push(chunk);
  }
  return Buffer.concat(pieces);
}

/** Rejects if no more of the file arrives in time: a client whose computer was switched off never closes its connection. */
async function withinIdleLimit<T>(next: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`nothing arrived for ${idleLimitMs} ms`));
    }, idleLimitMs);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function* arrivingChunks(
  bytes: Readable,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer, void> {
  // An import that stops early must not destroy the request, which still has to be answered.
  const chunks = bytes.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  for (;;) {
    const { done, value } = await withinIdleLimit(chunks.next()).catch((error: unknown) => {
      throw new FileInterrupted('The file stopped arriving', { cause: error });
    });
    if (done === true) return;
    count(value.length);
    yield value;
  }
}
