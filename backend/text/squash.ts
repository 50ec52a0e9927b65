import { foldedWords } from './fold.ts';

/** A text without accents, case, blanks and signs, for comparing names of columns and words in cells. */
export const squash = (text: string): string =>
  foldedWords(text)
    .map(({ word }) => word)
    .join('');
