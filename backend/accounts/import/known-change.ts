import type { AccountRow } from '../../directories/directory.ts';
import { identityKey, phoneDigits } from '../../text/fold.ts';

/** A change of many accounts' contact data that was announced: a new mail domain, or the new beginning of phone numbers. */
export interface KnownChange {
  readonly kind: 'mail-domain' | 'phone-prefix';
  readonly from: string;
  readonly to: string;
}

/** The values of a change in the form in which they are compared; null if they cannot be compared. */
export function knownChangeOf({ kind, from, to }: KnownChange): KnownChange | null {
  const read = (value: string) =>
    kind === 'mail-domain'
      ? identityKey(`x@${value.trim().replace(/^@/u, '')}`).slice(2)
      : phoneDigits(value).replace(/^00/u, '');
  const known = { kind, from: read(from), to: read(to) };
  return known.from === '' || known.to === '' || known.from === known.to ? null : known;
}

type Contact = Pick<AccountRow, 'email_key' | 'phone_digits'>;

/**
 * Whether the changed address or number differs only in the announced part: the same name at the new domain, or the same end after the new beginning.
 */
export function isKnownChange(
  before: Contact,
  after: Contact,
  changed: { readonly email: boolean; readonly phone: boolean },
  known: readonly KnownChange[],
): boolean {
  if (!changed.email && !changed.phone) return false;
  const isEmailKnown =
    !changed.email ||
    known.some(
      ({ kind, from, to }) =>
        kind === 'mail-domain' &&
        before.email_key?.endsWith(`@${from}`) === true &&
        after.email_key === `${before.email_key.slice(0, -from.length)}${to}`,
    );
  const isPhoneKnown =
    !changed.phone ||
    known.some(
      ({ kind, from, to }) =>
        kind === 'phone-prefix' &&
        before.phone_digits?.startsWith(from) === true &&
        after.phone_digits === `${to}${before.phone_digits.slice(from.length)}`,
    );
  return isEmailKnown && isPhoneKnown;
}
