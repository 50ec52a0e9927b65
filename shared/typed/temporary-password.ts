import { cleanText } from './clean-text.ts';
import { hyphensOf } from './hyphens.ts';

const words = /^[a-z]+(?:-[a-z]+)+-[0-9]+$/iu;
/** A password of words within a message: "Your temporary password: Brave-otter-lamp-rescue-42 (valid for an hour)". */
const withinText = /(?<![a-z0-9-])[a-z]{2,}(?:-[a-z]{2,}){3,}-[0-9]{1,4}(?![a-z0-9-])/giu;
/** Characters that may surround a copied value, and with which no generated password begins or ends. */
const wrapping = /^[\s"'`“”„‘’‚«»‹›<([{:;,.-]+|[\s"'`“”„‘’‚«»‹›>)\]}:;,.-]+$/gu;
/** All signs around a password of words, as the ones for bold text in chat. Other passwords may end with them. */
const aroundWords = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** The one password of words in a text that has other words, which are no part of it; null if there is none. */
function passwordWithin(text: string): string | null {
  const [found, another] = text.match(withinText) ?? [];
  if (found === undefined || (another !== undefined && another !== found)) return null;
  const rest = text.replaceAll(found, ' ').trim();
  return /:|\S\s+\S/u.test(rest) || (/\p{L}/u.test(rest) && /^\p{Lu}\p{Ll}/u.test(found)) ? found : null;
}

/** Passwords of words begin with a capital and have no other one, whatever a telephone's keyboard made of them. */
const withCapital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

/**
 * Restores a typed or pasted temporary password to the form in which it was generated: without blanks, with plain hyphens and one capital, and without
 * surrounding characters or text. Blanks between words stand for the hyphens; all other blanks are dropped.
 */
export function readTemporaryPassword(typed: string): string {
  const plain = hyphensOf(cleanText(hyphensOf(typed))).replaceAll(/ *-[- ]*/g, '-');
  const within = passwordWithin(plain);
  if (within !== null) return withCapital(within);
  const hyphenated = plain
    .replaceAll(aroundWords, '')
    .replaceAll(' ', '-')
    .replace(/(?<=[a-z])(?=[0-9]+$)/iu, '-');
  if (words.test(hyphenated)) return withCapital(hyphenated);
  return plain.replaceAll(wrapping, '').replaceAll(' ', '');
}
