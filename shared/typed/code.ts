import { cleanText } from './clean-text.ts';
import { asciiDigits } from './digits.ts';

/** The digits of a typed or pasted code in ASCII: digits of any script count, and everything else is dropped. */
export const readDigits = (typed: string): string => asciiDigits(cleanText(typed)).replaceAll(/[^0-9]/g, '');

/** A typed or pasted code with this number of digits, in ASCII; null if it has more or fewer. */
export function readCode(typed: string, digits: number): string | null {
  const code = readDigits(typed);
  return code.length === digits ? code : null;
}

/**
 * A typed or pasted code of letters and digits, such as a recovery code: its lower-case ASCII letters and digits. Case, blanks, hyphens and everything else
 * is dropped.
 */
export const readLettersAndDigits = (typed: string): string =>
  asciiDigits(cleanText(typed))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
