import { isKnownName } from '../columns/known-columns.ts';

/** Whether the characters around a position are no part of an escape, so that the text may be cut there. */
export const isPlainAt = (text: string, at: number): boolean => !/["'\\]/u.test(text.slice(at - 1, at + 1));

/** Whether a line has several cells, all in apostrophes: `'User name','Name'`, which some databases export. */
export const isInApostrophes = (line: string, delimiter: string): boolean => {
  const cells = line.split(delimiter).map((cell) => cell.trim());
  return cells.length > 1 && cells.every((cell) => /^'[^']+'$/u.test(cell));
};

/** Whether the text of one cell is a line of a CSV file that names columns. */
export const isHeaderLine = (cell: string, delimiter: string): boolean =>
  cell.split(delimiter).filter((name) => isKnownName(name)).length >= 2;

/** The line ends in a text; CR LF and CR CR LF count as one. */
export function countLineEnds(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 0;
  return text.match(/\r{0,2}\n|\r/gu)?.length ?? 0;
}
