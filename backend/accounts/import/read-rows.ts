import { Readable, pipeline } from 'node:stream';
import { parse, type CsvError, type Info } from 'csv-parse';
import type { ImportMapping, ImportRefusal } from '../../../shared/api/import.ts';
import { limits } from '../../../shared/api/limits.ts';

/** A row as it stands in the file, or why it could not be read; `line` is where it begins, 1-based. */
export type RawRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly reason: ImportRefusal['reason'] };

const reasonOf = (error: CsvError): ImportRefusal['reason'] =>
  error.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'bad-quotes';

const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);

/** Reads a file row by row as it arrives; `count` hears of each chunk's bytes. The header's row comes too. */
export async function* readRows(
  bytes: Readable,
  mapping: ImportMapping,
  count: (bytes: number) => void,
): AsyncGenerator<RawRow> {
  const decoder = new TextDecoder(mapping.encoding);
  async function* decoded(): AsyncGenerator<string> {
    // An import that stops early leaves the request alone, so that it can still be answered.
    for await (const chunk of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      count(chunk.length);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  }
  const unreadable: RawRow[] = [];
  const parser = parse({
    delimiter: mapping.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: limits.importRow,
    on_skip: (error) => {
      if (error) unreadable.push({ line: Number(error['lines'] ?? 1), reason: reasonOf(error) });
      return undefined;
    },
  });
  // Errors of the source arrive at the reader of the parser, below.
  pipeline(Readable.from(decoded()), parser, () => undefined);
  const rows = parser as AsyncIterable<{ record: string[]; info: Info }>;
  for await (const { record, info } of rows) {
    yield* unreadable.splice(0);
    yield { line: info.lines - lineBreaks(record), cells: record };
  }
  yield* unreadable.splice(0);
}
