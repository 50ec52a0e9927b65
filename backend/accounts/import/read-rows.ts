import { Readable, pipeline } from 'node:stream';
import { parse, type Info } from 'csv-parse';
import type { ImportMapping } from '../../../shared/api/import.ts';
import { limits } from '../../../shared/api/limits.ts';

/** A row as it stands in the file; `line` is where it begins, 1-based. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const times = (cells: readonly string[], what: string): number =>
  cells.reduce((sum, cell) => (cell.includes(what) ? sum + cell.split(what).length - 1 : sum), 0);

/** Reads a file row by row as it arrives; `count` hears of each chunk's bytes. The header's row comes too.
 * Throws at a quote that is wrong: what follows could be read in two ways, and no row may be lost unsaid. */
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
  const parser = parse({
    delimiter: mapping.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.importRow,
  });
  // Errors of the source arrive at the reader of the parser, below.
  pipeline(Readable.from(decoded()), parser, () => undefined);
  const rows = parser as AsyncIterable<{ record: string[]; info: Info }>;
  // The parser counts a quoted CR LF as two lines.
  let surplus = 0;
  for await (const { record, info } of rows) {
    const quoted = times(record, '\n') + times(record, '\r');
    yield { line: info.lines - surplus - quoted, cells: record };
    surplus += times(record, '\r\n');
  }
}
