import { foldedWords } from '../../../text/fold.ts';

interface Person {
  readonly displayName: string;
  readonly userName: string;
}

const wordsOf = (text: string): string[] => foldedWords(text).map(({ word }) => word);

/** Whether the typed text consists of one or several of a person's names, regardless of accents, case and order. The user name counts as well. */
export function isNameOf(typed: string, { displayName, userName }: Person): boolean {
  const names = new Set([...wordsOf(displayName), ...wordsOf(userName)]);
  const words = wordsOf(typed);
  return words.length > 0 && words.every((word) => names.has(word));
}
