import { foldedWords } from '../../text/fold.ts';
import { hanForm } from '../../text/han-forms.ts';

export type Range = [number, number];

/** The beginnings of a text's words that the query's words match, as UTF-16 ranges in order. */
export function marksOf(text: string | null, query: readonly string[]): Range[] {
  if (text === null) return [];
  const ranges: Range[] = [];
  for (const { word, spans } of foldedWords(text)) {
    const compared = Array.from(word, hanForm).join('');
    const longest = query.reduce(
      (max, wanted) => (wanted.length > max && compared.startsWith(wanted) ? wanted.length : max),
      0,
    );
    const [first, last] = [spans[0], spans[longest - 1]];
    if (longest > 0 && first && last) ranges.push([first[0], last[1]]);
  }
  return ranges;
}

/** The beginning of a text that equals the typed text, ignoring case. */
export const markStart = (text: string | null, typed: string): Range[] =>
  text !== null && typed !== '' && text.toLowerCase().startsWith(typed.toLowerCase())
    ? [[0, typed.length]]
    : [];
