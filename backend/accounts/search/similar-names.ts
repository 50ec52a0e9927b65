import { mistakesBetween, mistypings, soundKey } from '../../text/alike.ts';
import type { AnyWord, NameSound, SearchIndex } from './search-index.ts';

/** How a word of a name resembles what was typed. */
export type Likeness = 'spelling' | 'sound';

/** The names that may have been meant by a list of words. */
export interface SimilarNames {
  /**
   * Lists of words of which an account must have all. Together they have each way to replace typed words by names that resemble them, one word at least;
   * empty if no name resembles any.
   */
  readonly lists: readonly (readonly AnyWord[])[];
  /** Lists of the two names that may have been typed as one word. */
  readonly divided: readonly (readonly AnyWord[])[];
  /** How a name resembles what was typed, by name. */
  readonly likeness: ReadonlyMap<string, { readonly how: Likeness; readonly mistakes: number }>;
}

const none: SimilarNames = { lists: [], divided: [], likeness: new Map() };
const [minLength, maxWords, maxNames] = [3, 4, 12];
/** Letters of a name in a word of two names, and divisions of a word that are searched. */
const [minPart, maxDivisions] = [2, 4];

/** The most mistakes between two words that sound alike. Short words share their sounds with many others, so they may differ in few letters only. */
function maxMistakes(typed: string, name: string, sound: string): number {
  if (Math.min(typed.length, name.length) <= 4) return 1;
  return sound.length >= 3 ? Math.max(typed.length, name.length) - 3 : 2;
}

/** How a name resembles a typed word, or null. A known word begins a name. */
function likenessOf(
  typed: { readonly word: string; readonly sound: string; readonly isKnown: boolean },
  { word: name, sound }: NameSound,
): { how: Likeness; mistakes: number } | null {
  const isSound = sound === typed.sound;
  if ((!isSound && typed.isKnown) || name.startsWith(typed.word)) return null;
  const max = isSound ? maxMistakes(typed.word, name, sound) : 1;
  if (Math.abs(typed.word.length - name.length) > max) return null;
  const mistakes = mistakesBetween(typed.word, name);
  return mistakes <= max ? { how: isSound ? 'sound' : 'spelling', mistakes } : null;
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
  const divisions = typed.length === 1 ? unknown.flatMap(divisionsOf) : [];
  const names = await index.namesLike({
    words: [...unknown.flatMap(mistypings), ...divisions.flat()],
    sounds: [...new Set(words.map(soundKey))],
  });
  const distinct = [...new Map(names.map((name) => [name.word, name])).values()];
  const likeness = new Map<string, { how: Likeness; mistakes: number }>();
  const resembling = typed.map((word): AnyWord => {
    if (!words.includes(word)) return [];
    const asTyped = { word, sound: soundKey(word), isKnown: known.has(word) };
    const near = distinct
      .flatMap((name) => {
        const like = likenessOf(asTyped, name);
        return like ? [{ name: name.word, like }] : [];
      })
      .toSorted((one, other) => one.like.mistakes - other.like.mistakes)
      .slice(0, maxNames);
    for (const { name, like } of near) likeness.set(name, like);
    return near.map(({ name }) => ({ text: name, isWhole: true }));
  });
  const isKnown = (word: string) => distinct.some((name) => name.word === word);
  return { lists: listsOf(typed, resembling), divided: dividedInto(divisions, isKnown), likeness };
}

type Division = readonly [first: string, second: string];

/** All ways to divide a word into two names. */
const divisionsOf = (word: string): Division[] =>
  Array.from({ length: Math.max(0, word.length - 2 * minPart + 1) }, (_, at) => [
    word.slice(0, at + minPart),
    word.slice(at + minPart),
  ]);

/** The divisions with a known name: `josegar` into José and what begins with `gar`. Names of two letters are not among the known ones. */
const dividedInto = (divisions: readonly Division[], isKnown: (word: string) => boolean): AnyWord[][] =>
  divisions
    .flatMap(([first, second]): AnyWord[][] => {
      const [knowsFirst, knowsSecond] = [isKnown(first), isKnown(second)];
      if (!knowsFirst && !(first.length === minPart && knowsSecond)) return [];
      return [
        [[{ text: first, isWhole: knowsFirst }], [{ text: second, isWhole: knowsSecond && !knowsFirst }]],
      ];
    })
    .slice(0, maxDivisions);

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
