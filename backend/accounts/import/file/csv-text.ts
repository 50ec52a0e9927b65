import { isKnownName } from '../columns/known-columns.ts';

/** Whether the characters around a position are no part of an escape, so that the text may be cut there. */
export const isPlainAt = (text: string, at: number): boolean => !/["'\\]/u.test(text.slice(at - 1, at + 1));

const typographic = /[“”„‟]/gu;

/**
 * The unusual quotes around all of several cells of a line: apostrophes (`'User name','Name'`), which some databases export, or typographic quotes, into
 * which word processors and mail programs turn straight ones. Null for any other line.
 */
export function quotesOf(line: string, delimiter: string): 'apostrophes' | 'typographic' | null {
  const cells = line.split(delimiter).map((cell) => cell.trim());
  if (cells.length < 2) return null;
  if (cells.every((cell) => /^'[^']+'$/u.test(cell))) return 'apostrophes';
  return cells.every((cell) => /^[“”„‟][^“”„‟]+[“”„‟]$/u.test(cell)) ? 'typographic' : null;
}

/** A text with straight quotes for typographic ones, of the same length. */
export const straightQuotes = (text: string): string => text.replaceAll(typographic, '"');

/** Whether the text of one cell is a line of a CSV file that names columns. */
export const isHeaderLine = (cell: string, delimiter: string): boolean =>
  cell.split(delimiter).filter((name) => isKnownName(name)).length >= 2;

/** The line ends in a text; CR LF and CR CR LF count as one. */
export function countLineEnds(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 0;
  return text.match(/\r{0,2}\n|\r/gu)?.length ?? 0;
}
