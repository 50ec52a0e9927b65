import { mistakesBetween, mistypings, soundKey } from '../../text/alike.ts';
import type { AnyWord, SearchIndex } from './search-index.ts';

/** How a word of a name resembles what was typed. */
export type Likeness = 'spelling' | 'sound';

/** The names that may have been meant by a list of words. */
export interface SimilarNames {
  /**
   * Lists of words of which an account must have all. Together they have each way to replace typed words by names that resemble them, one word at least;
   * empty if no name resembles any.
   */
  readonly lists: readonly (readonly AnyWord[])[];
  /** How a name resembles what was typed, by name. */
  readonly likeness: ReadonlyMap<string, { readonly how: Likeness; readonly mistakes: number }>;
}

const none: SimilarNames = { lists: [], likeness: new Map() };
const [minLength, maxWords, maxNames] = [3, 4, 12];

/** Whether two words that sound alike are similar enough. Short words share their sounds with many others, so they may differ in few letters only. */
function isNear(typed: string, name: string, mistakes: number): boolean {
  if (Math.min(typed.length, name.length) <= 4) return mistakes <= 1;
  return soundKey(typed).length >= 3 ? mistakes <= Math.max(typed.length, name.length) - 3 : mistakes <= 2;
}

/**
 * Finds names with a typing mistake, or that sound like the typed text. It compares words of names instead of accounts, so that the time depends only
 * on the number of different names. A word that begins a name counts as spelled correctly, but may still have been misheard.
 */
export async function findSimilarNames(
  index: Pick<SearchIndex, 'knownBeginnings' | 'namesLike'>,
  typed: readonly string[],
): Promise<SimilarNames> {
  if (typed.length > maxWords) return none;
  const words = typed.filter((word) => word.length >= minLength && /^[a-z]+$/.test(word));
  if (words.length === 0) return none;
  const known = new Set(await index.knownBeginnings(words));
  const unknown = words.filter((word) => !known.has(word));
  const names = await index.namesLike({
    words: unknown.flatMap(mistypings),
    sounds: [...new Set(words.map(soundKey))],
  });
  const likeness = new Map<string, { how: Likeness; mistakes: number }>();
  const resembling = typed.map((word): AnyWord => {
    if (!words.includes(word)) return [];
    const near = [...new Set(names)]
      .filter((name) => !name.startsWith(word))
      .map((name) => ({
        name,
        mistakes: mistakesBetween(word, name),
        isSound: soundKey(name) === soundKey(word),
      }))
      .filter(({ name, mistakes, isSound }) =>
        isSound ? isNear(word, name, mistakes) : mistakes === 1 && !known.has(word),
      )
      .toSorted((one, other) => one.mistakes - other.mistakes)
      .slice(0, maxNames);
    for (const { name, mistakes, isSound } of near)
      likeness.set(name, { how: isSound ? 'sound' : 'spelling', mistakes });
    return near.map(({ name }) => ({ text: name, isWhole: true }));
  });
  return { lists: listsOf(typed, resembling), likeness };
}

/**
 * One list for each word that is replaced while those before it are as typed. The list of the typed words is missing: it was searched before, and is by far
 * the slowest if both words are frequent.
 */
const listsOf = (typed: readonly string[], resembling: readonly AnyWord[]): AnyWord[][] => {
  const asTyped = typed.map((text) => ({ text, isWhole: false }));
  return resembling.flatMap((names, replaced) =>
    names.length === 0
      ? []
      : [
          asTyped.map((word, at): AnyWord => {
            if (at === replaced) return names;
            return at < replaced ? [word] : [word, ...(resembling[at] ?? [])];
          }),
        ],
  );
};
