import { cleanText } from './clean-text.ts';
import { hyphensOf } from './hyphens.ts';

const words = /^[a-z]+(?:-[a-z]+)+-[0-9]+$/iu;
/** Characters that may surround a copied value, and with which no generated password begins or ends. */
const wrapping = /^[\s"'`“”„‘’‚«»‹›<([{:;,.-]+|[\s"'`“”„‘’‚«»‹›>)\]}:;,.-]+$/gu;

/**
 * Restores a typed or pasted temporary password to the form in which it was generated: without blanks, with plain hyphens, and without surrounding
 * characters. Blanks between words stand for the hyphens; all other blanks are dropped.
 */
export function readTemporaryPassword(typed: string): string {
  const clean = hyphensOf(cleanText(hyphensOf(typed)))
    .replaceAll(/ *-[- ]*/g, '-')
    .replaceAll(wrapping, '');
  const hyphenated = clean.replaceAll(' ', '-').replace(/(?<=[a-z])(?=[0-9]+$)/iu, '-');
  return words.test(hyphenated) ? hyphenated : clean.replaceAll(' ', '');
}
