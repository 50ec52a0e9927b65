import { delimiters, type ImportMapping, type ImportPreview } from '../../../shared/api/import-file.ts';
import { Refusal } from '../../refusal.ts';
import { maxName } from './columns/column-name.ts';
import { CsvScanner, type ScannedRow } from './file/csv-scanner.ts';
import { fileKindOf } from './file/file-kind.ts';
import { encodingOfMark, recogniseEncoding } from './file/recognise-encoding.ts';
import { createFileDecoder } from './encoding/file-decoder.ts';
import type { OtherLine } from './encoding/line-decoder.ts';
import { otherEncodingOf } from './file/other-encoding.ts';
import { findHeader, firstTableRow, headerRows, looksLikeHeader } from './file/table.ts';

/** Rows that a preview reads. */
export const sampledRows = 500;
/** Cells of a workbook after which the preview reads no more of it. */
const sampledCells = 200_000;

/** The administrator's choices; everything else is proposed. */
export interface PreviewChoice {
  readonly encoding?: ImportMapping['encoding'] | undefined;
  readonly otherEncoding?: ImportMapping['encoding'] | undefined;
  readonly delimiter?: ImportMapping['delimiter'] | undefined;
  readonly header?: 'true' | 'false' | undefined;
  readonly headerLine?: number | undefined;
  /** A complete mapping as JSON. */
  readonly mapping?: string | undefined;
}

const scanned = (text: string, delimiter: string, isWhole: boolean): ScannedRow[] =>
  new CsvScanner(delimiter).push(text, isWhole);

/** Separators of most files. The others are signs in texts as well, so the names of the columns and all rows have to agree on them. */
const common = new Set<ImportMapping['delimiter']>([',', ';', '\t', '|']);

/** Whether the separator divides all rows of a text into as many cells as its line of known column names has. */
function dividesAll(text: string, delimiter: string): boolean {
  const rows = scanned(text, delimiter, true).flatMap((row) =>
    'cells' in row && row.cells.some((cell) => cell.trim() !== '') ? [row] : [],
  );
  const header = findHeader(rows.slice(0, headerRows));
  const width = header === null ? 0 : (rows[header]?.cells.length ?? 0);
  return header !== null && width > 1 && rows.slice(header, -1).every(({ cells }) => cells.length === width);
}

/** The delimiter that a `sep=` line names. Otherwise the one with which the first rows have the most known column names and the most equal widths. */
function recogniseDelimiter(text: string, isWhole: boolean): ImportMapping['delimiter'] {
  const separator = /^\uFEFF?"?sep=([^\r\n"]{1,3})/iu.exec(text)?.[1];
  const found = delimiters.find((delimiter) => delimiter === separator);
  if (found) return found;
  const head = text.slice(0, 64 * 1024);
  // The longest first, since `|#|` contains a bar.
  const rare = delimiters
    .filter((delimiter) => !common.has(delimiter) && head.includes(delimiter))
    .toSorted((one, other) => other.length - one.length)
    .find((delimiter) => dividesAll(head, delimiter));
  if (rare !== undefined) return rare;
  let [best, most]: [ImportMapping['delimiter'], number] = [',', -1];
  for (const delimiter of common) {
    const rows = scanned(head, delimiter, isWhole && head.length === text.length)
      .slice(0, 2 * headerRows)
      .flatMap((row) => ('cells' in row && row.cells.some((cell) => cell.trim() !== '') ? [row.cells] : []));
    const widths = new Map<number, number>();
    for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
    const alike = Math.max(
      0,
      ...[...widths].map(([width, count]) => (width > 1 ? (count / rows.length) * Math.min(width, 40) : 0)),
    );
    const header = findHeader(scanned(head, delimiter, true).slice(0, headerRows));
    const named = header === null ? 0 : (rows[0]?.length ?? 0) > 1 ? 20 : 1;
    const score = alike + named * (alike > 0 ? 1 : 0);
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
}

interface HeadRows {
  readonly format: ImportPreview['format'];
  readonly rows: readonly ScannedRow[];
  readonly encoding: ImportMapping['encoding'];
  readonly delimiter: ImportMapping['delimiter'];
  /** The encoding of single lines, and these lines by their number. */
  readonly otherEncoding?: ImportMapping['encoding'] | undefined;
  readonly others: ReadonlyMap<number, OtherLine>;
}

/** Scans the rows of a file's head. Throws `import.not-csv` and `import.encoding` with advice for a file that cannot be read. */
export async function readHead(head: Buffer, isWhole: boolean, chosen: PreviewChoice): Promise<HeadRows> {
  if (fileKindOf(head) === 'zip') {
    const { workbookRows } = await import('./file/workbook.ts');
    const rows: ScannedRow[] = [];
    let cells = 0;
    for await (const piece of workbookRows(head)) {
      for (const row of piece) {
        rows.push(row);
        cells += cellsOf(row).length;
      }
      if (rows.length >= sampledRows || cells > sampledCells) break;
    }
    if (rows.length === 0)
      throw new Refusal('import.not-csv', { detail: 'The first sheet of the workbook is empty.' });
    return {
      format: 'workbook',
      rows,
      encoding: chosen.encoding ?? 'utf-8',
      delimiter: chosen.delimiter ?? ',',
      others: new Map(),
    };
  }
  const encoding = encodingOfMark(head) ?? chosen.encoding ?? (await recogniseEncoding(head, isWhole));
  const otherEncoding = chosen.otherEncoding ?? (await otherEncodingOf(head, isWhole, encoding));
  const decoder = createFileDecoder(encoding, otherEncoding);
  const lines = decoder.decode(head, { stream: true });
  // Of a file without a line end in its head, the first part of its first line.
  const text = isWhole || lines === '' ? lines + decoder.decode() : lines;
  if (text.trim() === '') throw new Refusal('import.not-csv', { detail: 'The file is empty.' });
  if (text.includes('\0')) {
    throw new Refusal('import.not-csv', {
      detail:
        'The file contains NUL characters, so it is not a text file. Export the list as CSV and choose that file.',
    });
  }
  const delimiter = chosen.delimiter ?? recogniseDelimiter(text, isWhole);
  const { others } = decoder;
  return {
    format: 'csv',
    rows: scanned(text, delimiter, isWhole),
    encoding,
    delimiter,
    otherEncoding,
    others,
  };
}

const cellsOf = (row: ScannedRow | undefined): readonly string[] => (row && 'cells' in row ? row.cells : []);

/** Where the header is, and the names of the columns. */
export function headerOf(
  rows: readonly ScannedRow[],
  chosen: PreviewChoice,
): { line: number | null; names: readonly string[] } {
  const first = rows.slice(0, headerRows);
  const named = chosen.header === 'false' ? null : findHeader(first);
  let at = named ?? firstTableRow(first) ?? 0;
  if (chosen.headerLine !== undefined) {
    const found = rows.findIndex(({ line }) => line >= (chosen.headerLine ?? 1));
    at = found === -1 ? 0 : found;
  }
  const below = rows.slice(at + 1, at + 1 + 50).map(cellsOf);
  const isHeader =
    chosen.header === undefined
      ? chosen.headerLine !== undefined || named !== null || looksLikeHeader(cellsOf(rows[at]), below)
      : chosen.header === 'true';
  const cells = cellsOf(rows[at]);
  if (!isHeader) {
    const width = Math.max(1, cells.length);
    return { line: null, names: Array.from({ length: width }, (_name, column) => `Column ${column + 1}`) };
  }
  const names = cells
    .slice(0, Math.max(1, cells.findLastIndex((cell) => cell.trim() !== '') + 1))
    .map((name) => name.slice(0, maxName));
  return { line: rows[at]?.line ?? 1, names };
}
