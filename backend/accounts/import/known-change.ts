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

/** Whether an address or a user name of that form has only moved to the announced domain. */
export const isMoved = (
  before: string | null,
  after: string | null,
  known: readonly KnownChange[],
): boolean =>
  known.some(
    ({ kind, from, to }) =>
      kind === 'mail-domain' &&
      before?.endsWith(`@${from}`) === true &&
      after === `${before.slice(0, -from.length)}${to}`,
  );

/** A user name at the announced domain as it was at the former one; null for any other. */
export function formerUserName(key: string, known: readonly KnownChange[]): string | null {
  const change = known.find(({ kind, to }) => kind === 'mail-domain' && key.endsWith(`@${to}`));
  return change === undefined ? null : `${key.slice(0, -change.to.length)}${change.from}`;
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
  const isEmailKnown = !changed.email || isMoved(before.email_key, after.email_key, known);
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
