import { foldedWords } from '../../text/fold.ts';

export type Range = [number, number];

/** The parts of a text that the words of a query match at the start of its words, as UTF-16 ranges, joined and in order. */
export function marksOf(text: string | null, query: readonly string[]): Range[] {
  if (text === null) return [];
  const ranges: Range[] = [];
  for (const { word, spans } of foldedWords(text)) {
    const longest = query.reduce(
      (most, wanted) => (wanted.length > most && word.startsWith(wanted) ? wanted.length : most),
      0,
    );
    const [first, last] = [spans[0], spans[longest - 1]];
    if (longest > 0 && first && last) ranges.push([first[0], last[1]]);
  }
  return ranges;
}

/** The start of a text that equals what was typed, ignoring case; where a whole user name or number was typed. */
export const markStart = (text: string | null, typed: string): Range[] =>
  text !== null && typed !== '' && text.toLowerCase().startsWith(typed.toLowerCase())
    ? [[0, typed.length]]
    : [];
