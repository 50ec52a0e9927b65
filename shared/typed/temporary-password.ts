import { cleanText } from './clean-text.ts';
import { hyphensOf } from './hyphens.ts';

const words = /^[a-z]+(?:-[a-z]+)+-[0-9]+$/iu;
/** What surrounds a copied value and no generated password begins or ends with. */
const wrapping = /^[\s"'`“”„‘’‚«»‹›<([{:;,.-]+|[\s"'`“”„‘’‚«»‹›>)\]}:;,.-]+$/gu;

/**
 * A typed or pasted temporary password as it was generated: with no blank, no dash but the hyphen, and nothing around it. Blanks between words that were
 * heard stand for the hyphens; all others are dropped.
 */
export function readTemporaryPassword(typed: string): string {
  const clean = hyphensOf(cleanText(hyphensOf(typed)))
    .replaceAll(/ *-[- ]*/g, '-')
    .replaceAll(wrapping, '');
  const hyphenated = clean.replaceAll(' ', '-').replace(/(?<=[a-z])(?=[0-9]+$)/iu, '-');
  return words.test(hyphenated) ? hyphenated : clean.replaceAll(' ', '');
}
