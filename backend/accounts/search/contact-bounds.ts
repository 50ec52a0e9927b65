import { readIdentifier, type TypedPhone } from '../../../shared/typed/identifier.ts';
import { identityKey } from '../../text/fold.ts';
import type { KeyField, Wanted, SearchedAccount } from './search-index.ts';

/** An end of a number matches with up to 4 digits, of which a mask shows 3, or with at least 7, as telephones display them. */
const [maxShortEnd, minLongEnd] = [4, 7];
/** The digits of a country's calling code. */
const maxCallingCode = 3;

/** The email address or phone number of a text in its normal form; null for a text that can be neither. */
export function contactKey(text: string): string | null {
  const { address, domain, phone } = readIdentifier(text);
  if (phone !== null) return phone.digits.replace(/^0+/u, '');
  return address !== null || domain !== null || text.includes('@') ? identityKey(address ?? text) : null;
}

/**
 * The values that contact data must equal or start with to match. Accounts are found by a whole local part, whole numbers, or ends of bounded length:
 * beginnings of any length would reveal masked data, character by character.
 */
export function contactStarts(text: string): Pick<Wanted, 'starts' | 'values'> {
  const { address, domain, phone, text: value } = readIdentifier(text);
  const key = identityKey(address ?? value);
  const isEnd =
    phone !== null && (phone.national.length <= maxShortEnd || phone.national.length >= minLongEnd);
  return {
    starts: {
      // The domain is not masked, so it may be incomplete.
      ...(domain === null
        ? { email_key: [key.includes('@') ? key : `${key}@`] }
        : { email_domain: [identityKey(`@${domain}`).slice(1)] }),
      ...(isEnd && { phone_reversed: [[...phone.national].toReversed().join('')] }),
    },
    values:
      phone === null
        ? {}
        : { phone_digits: [...new Set([phone.digits, phone.digits.replace(/^0+/u, ''), phone.national])] },
  };
}

/** Whether a number on file is the typed one: with or without its calling code and the zero that replaces it. */
export function isWholeNumber(
  onFile: string | null,
  { digits, national, international }: TypedPhone,
): boolean {
  const bare = (onFile ?? '').replace(/^0+/u, '');
  if (bare === digits.replace(/^0+/u, '') || (bare === national && national.length >= minLongEnd))
    return true;
  const rest = bare.length - national.length;
  return (
    !international &&
    digits.startsWith('0') &&
    national.length >= minLongEnd &&
    bare.endsWith(national) &&
    rest >= 1 &&
    rest <= maxCallingCode
  );
}

/** Whether an account that the index found by a field really matches: a number only begins with itself. */
export const isWithinBounds = (
  by: KeyField | 'words',
  account: SearchedAccount,
  phone: TypedPhone | null,
): boolean => by !== 'phone_digits' || (phone !== null && isWholeNumber(account.phone_digits, phone));
