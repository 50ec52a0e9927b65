import { foldedWords } from './fold.ts';

/** A text without accents, case, blanks and signs, for comparing names of columns and words in cells. */
export const squash = (text: string): string =>
  foldedWords(text)
    .map(({ word }) => word)
    .join('');

/** The words of a text, each squashed; those without letters and digits are left out. */
export const squashedWords = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/u)
    .map(squash)
    .filter((word) => word !== '');
