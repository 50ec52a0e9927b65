import { isName } from '../text/name-words.ts';

/**
 * The maximum lengths in characters of a beginning in the indexes of words, and in `account_prefixes`, where frequent ones are read in order. For a longer
 * beginning, the lists of all words that begin with it are merged.
 */
export const longestBeginning = 24;
export const longestPrefix = 3;
/** Letters of a word that PostgreSQL keeps, which refuses a word of more than 2,046 bytes. A ligature may fold to eighteen letters. */
const longestWord = 500;

/** A word that is looked for: a whole one, or the beginning of one. */
export interface Looked {
  readonly text: string;
  readonly isWhole: boolean;
}

const isLong = (word: string): boolean => [...word].length > longestBeginning;
const kept = (word: string): string =>
  word.length > longestWord ? [...word].slice(0, longestWord).join('') : word;
/** A whole short name in `account_words`, ended with a sign that no word contains. */
const wholeWord = (word: string): string => `${word}.`;
export const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, '$&$&')}'`;

/** The lexeme of `account_words` for a word; the beginning of one for the beginning of a long word. */
export function lexemeOf({ text, isWhole }: Looked): string {
  if (isLong(text)) return kept(text);
  return isWhole ? wholeWord(text) : text;
}
const queryOf = (word: Looked): string =>
  `${quoted(lexemeOf(word))}${isLong(word.text) && !word.isWhole ? ':*' : ''}`;

/** The query of `account_words` for accounts with a word of each list, as PostgreSQL's `tsquery`. */
export const wordsQuery = (all: readonly (readonly Looked[])[]): string =>
  all.map((any) => `(${any.map(queryOf).join(' | ')})`).join(' & ');

/** A word in a query of SQLite's full-text index. The quotes keep AND, NEAR and similar words from being operators. */
const matchOf = ({ text, isWhole }: Looked): string => (isWhole ? `"${text}"` : `"${text}"*`);

/** The query of SQLite's full-text index for accounts with a word of each list. */
export const matchQuery = (all: readonly (readonly Looked[])[]): string =>
  all.map((any) => `(${any.map(matchOf).join(' OR ')})`).join(' AND ');

/** What `account_words` has of an account: the beginnings of its words, long words whole, and short names with their end. */
export function lexemesOf(words: string): Set<string> {
  const lexemes = new Set<string>();
  for (const word of words.split(' ')) {
    const letters = [...word];
    for (let size = 1; size <= Math.min(letters.length, longestBeginning); size += 1)
      lexemes.add(letters.slice(0, size).join(''));
    if (letters.length > longestBeginning) lexemes.add(kept(word));
    else if (isName(word)) lexemes.add(wholeWord(word));
  }
  return lexemes;
}
