import { foldedWords } from './fold.ts';

/** A text without accents, case, blanks and signs, as names of columns and words in cells are compared. */
export const squash = (text: string): string =>
  foldedWords(text)
    .map(({ word }) => word)
    .join('');
