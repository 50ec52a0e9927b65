import { cleanText } from './clean-text.ts';
import { asciiDigits } from './digits.ts';
import { hyphensOf } from './hyphens.ts';

/** The one text that a pattern finds, without blanks and hyphens; null if it finds none or different ones. */
function onlyMatch(text: string, pattern: RegExp): string | null {
  const found = new Set(Array.from(text.matchAll(pattern), ([match]) => match.replaceAll(/[ -]/g, '')));
  const [only] = found;
  return only !== undefined && found.size === 1 ? only : null;
}

/** The number with this many digits, in one piece or two halves, that a longer text has besides others: "419203 (5 min)", a whole text message. */
function numberIn(text: string, length: number): string | null {
  const half = length % 2 === 0 ? `|\\d{${length / 2}}[ -]\\d{${length / 2}}` : '';
  return onlyMatch(
    hyphensOf(text),
    new RegExp(`(?<![\\d.,:/⁄])(?:\\d{${length}}${half})(?!\\d|[.,:]\\d)`, 'g'),
  );
}

/**
 * The digits of a typed or pasted code in ASCII: digits of any script count, and everything else is dropped. With `length`, the number of that length is
 * taken out of a text with more digits.
 */
export function readDigits(typed: string, length?: number): string {
  const text = asciiDigits(cleanText(typed));
  const all = text.replaceAll(/[^0-9]/g, '');
  return length === undefined || all.length <= length ? all : (numberIn(text, length) ?? all);
}

/** A typed or pasted code with this number of digits, in ASCII; null if it has more or fewer. */
export function readCode(typed: string, digits: number): string | null {
  const code = readDigits(typed, digits);
  return code.length === digits ? code : null;
}

/** The letters and digits of a recovery code, which is shown in two halves. */
const recoveryCode = 10;

/**
 * A typed or pasted code of letters and digits, such as a recovery code: its lower-case ASCII letters and digits. Case, blanks, hyphens and everything else
 * is dropped. A recovery code is taken out of a longer text: "1. abcde-fgh23 (used)".
 */
export function readLettersAndDigits(typed: string): string {
  const text = asciiDigits(cleanText(typed)).toLowerCase();
  const all = text.replaceAll(/[^a-z0-9]/g, '');
  if (all.length <= recoveryCode) return all;
  return onlyMatch(hyphensOf(text), /(?<![a-z0-9-])[a-z0-9]{5}-[a-z0-9]{5}(?![a-z0-9-])/g) ?? all;
}
