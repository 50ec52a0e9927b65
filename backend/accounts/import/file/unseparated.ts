import type { ImportPreview } from '../../../../shared/api/import-file.ts';
import type { ScannedRow } from './csv-scanner.ts';

/** Values aligned with two or more blanks, groups of dashes below names, and `Name : value` lists of PowerShell. */
const isAligned = (line: string): boolean =>
  /\S\s{2,}\S/u.test(line.trim()) ||
  /^\s*-{3,}(?:\s+-{3,})+\s*$/u.test(line) ||
  /^\p{L}[\p{L}\d ]*\s+: /u.test(line);

/** Why a file has one column only, although people have several values: another separator, or text in columns of fixed width. Null if it has more. */
export function unseparatedNotice(rows: readonly ScannedRow[]): ImportPreview['notices'][number] | null {
  const lines = rows.flatMap((row) => {
    if (!('cells' in row)) return [];
    const filled = row.cells.filter((cell) => cell.trim() !== '');
    return filled.length === 0 ? [] : [{ line: row.line, count: filled.length, text: filled.join(', ') }];
  });
  const [first] = lines;
  if (first === undefined) return null;
  const aligned = lines.filter(({ text }) => isAligned(text));
  // Aligned values, such as distinguished names, may contain the delimiter.
  const kind = aligned.length > lines.length / 3 ? 'fixed-width' : 'one-column';
  if (kind === 'one-column' && lines.some(({ count }) => count > 1)) return null;
  const shown = aligned.find(() => kind === 'fixed-width') ?? first;
  const text = shown.text.trim().replaceAll(/\s+/gu, ' ');
  return { kind, line: shown.line, column: null, detail: text.length > 80 ? `${text.slice(0, 80)}…` : text };
}
