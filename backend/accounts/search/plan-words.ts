import { commonWordOf } from '../../store/common-words.ts';
import type { AnyWord, WantedWord } from './search-index.ts';

/** Words of which an account has any, by how they are found: the common ones by their bitmaps. */
interface SplitWords {
  /** The numbers of the common words. */
  readonly common: readonly number[];
  readonly rare: readonly WantedWord[];
  readonly all: AnyWord;
}

/** Accounts that are found by the index of words. Together with those that have a common word of each list, they are all that match. */
export interface RareMatches {
  /** Lists of words for the index. At least one of them has rare words only. */
  readonly words: readonly AnyWord[];
  /** Lists of common words, of each of which the accounts must also have one. */
  readonly common: readonly (readonly number[])[];
  /** Both as lists of words. */
  readonly lists: readonly AnyWord[];
}

/** How accounts that have a word of each list are found. */
export interface WordPlan {
  /** Lists of common words, of each of which accounts must have one; null if a list has none. */
  readonly common: readonly (readonly number[])[] | null;
  readonly rare: readonly RareMatches[];
}

/** Plans a search for accounts that have a word of each list; null if the index of words alone is best. `numberOf` returns the number of a common word. */
export function planWords(
  lists: readonly AnyWord[],
  numberOf: (word: string) => number | undefined,
): WordPlan | null {
  const split = lists.map((all): SplitWords => {
    const numbered = all.map((word) => ({ word, number: numberOf(commonWordOf(word)) }));
    return {
      all,
      common: numbered.flatMap(({ number }) => (number === undefined ? [] : [number])),
      rare: numbered.flatMap(({ word, number }) => (number === undefined ? [word] : [])),
    };
  });
  if (split.every(({ common }) => common.length === 0)) return null;
  const matchesOf = (one: SplitWords): RareMatches => {
    const others = split.filter((other) => other !== one);
    return {
      words: [one.rare, ...others.flatMap(({ rare, all }) => (rare.length === 0 ? [] : [all]))],
      common: others.flatMap(({ rare, common }) => (rare.length === 0 ? [common] : [])),
      lists: [one.rare, ...others.map(({ all }) => all)],
    };
  };
  const rareOnly = split.find(({ common }) => common.length === 0);
  if (rareOnly) return { common: null, rare: [matchesOf(rareOnly)] };
  return {
    common: split.map(({ common }) => common),
    rare: split.filter(({ rare }) => rare.length > 0).map(matchesOf),
  };
}
