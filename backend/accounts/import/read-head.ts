import { delimiters, type ImportMapping, type ImportPreview } from '../../../shared/api/import-file.ts';
import { Refusal } from '../../refusal.ts';
import { maxName } from './columns/column-name.ts';
import { CsvScanner, type ScannedRow } from './file/csv-scanner.ts';
import { fileKindOf } from './file/file-kind.ts';
import { encodingOfMark, recogniseEncoding } from './file/recognise-encoding.ts';
import { createFileDecoder } from './encoding/text-decoder.ts';
import { findHeader, firstTableRow, headerRows, looksLikeHeader } from './file/table.ts';

/** Rows that a preview reads. */
export const sampledRows = 500;
/** Cells of a workbook after which the preview reads no more of it. */
const sampledCells = 200_000;

/** The administrator's choices; everything else is proposed. */
export interface PreviewChoice {
  readonly encoding?: ImportMapping['encoding'] | undefined;
  readonly delimiter?: ImportMapping['delimiter'] | undefined;
  readonly header?: 'true' | 'false' | undefined;
  readonly headerLine?: number | undefined;
  /** A complete mapping as JSON. */
  readonly mapping?: string | undefined;
}

const scanned = (
  text: string,
  delimiter: string,
  isWhole: boolean,
  isWanted?: (column: number) => boolean,
): ScannedRow[] => new CsvScanner(delimiter, isWanted ?? (() => false)).push(text, isWhole);

/** The delimiter that a `sep=` line names. Otherwise the one with which the first rows have the most known column names and the most equal widths. */
function recogniseDelimiter(text: string, isWhole: boolean): ImportMapping['delimiter'] {
  const separator = /^\uFEFF?"?sep=([,;|\t])/iu.exec(text)?.[1];
  const found = delimiters.find((delimiter) => delimiter === separator);
  if (found) return found;
  const head = text.slice(0, 64 * 1024);
  let [best, most]: [ImportMapping['delimiter'], number] = [',', -1];
  for (const delimiter of delimiters) {
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
    };
  }
  const encoding = encodingOfMark(head) ?? chosen.encoding ?? (await recogniseEncoding(head, isWhole));
  const text = createFileDecoder(encoding).decode(head, { stream: true });
  if (text.trim() === '') throw new Refusal('import.not-csv', { detail: 'The file is empty.' });
  if (text.includes('\0')) {
    throw new Refusal('import.not-csv', {
      detail:
        'The file contains NUL characters, so it is not a text file. Export the list as CSV and choose that file.',
    });
  }
  const delimiter = chosen.delimiter ?? recogniseDelimiter(text, isWhole);
  return { format: 'csv', rows: scanned(text, delimiter, isWhole), encoding, delimiter };
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
