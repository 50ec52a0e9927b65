import { phoneDigits } from '../../text/fold.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { KeyField } from './search-index.ts';

const minPhoneDigits = 3;
/** An end of a number with up to 4 digits, of which a mask shows 3, or with at least 7, as a telephone shows them. */
const [maxShortEnd, minLongEnd] = [4, 7];

/** The digits of a text that looks like a phone number, without leading zeros (country or area prefix); otherwise ''. */
export function phoneAsTyped(text: string): string {
  if (!/^[+\d\s()/.-]+$/u.test(text)) return '';
  const digits = phoneDigits(text).replace(/^0+/u, '');
  return digits.length < minPhoneDigits ? '' : digits;
}

/** Whether a text could be an email address or a phone number, in part or whole. */
export const isContactText = (text: string): boolean => text.includes('@') || phoneAsTyped(text) !== '';

/**
 * What the contact data of an account must start with to match. Accounts are found by a whole local part and by whole numbers or ends of bounded
 * length: beginnings of any length would give masked data away, character by character.
 */
export function contactStarts(key: string, digits: string): Partial<Record<KeyField, string>> {
  const isEnd = digits.length <= maxShortEnd || digits.length >= minLongEnd;
  return {
    // The domain is not masked, so it may be incomplete.
    email_key: key.includes('@') ? key : `${key}@`,
    ...(digits !== '' && {
      phone_digits: digits,
      ...(isEnd && { phone_reversed: [...digits].toReversed().join('') }),
    }),
  };
}

/** Whether an account that the index found by a field matches: a number only begins with itself. */
export const isWithinBounds = (by: KeyField | 'words', account: AccountRow, digits: string): boolean =>
  by !== 'phone_digits' || account.phone_digits === digits;
