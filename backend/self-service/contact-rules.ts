import { z } from 'zod';
import { emailAddress } from '../../shared/api/email-address.ts';
import { limits } from '../../shared/api/limits.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { identityKey, phoneDigits } from '../text/fold.ts';
import { isSamePhone, type PhoneReader } from '../text/phone-numbers.ts';
import type { AccountRow } from '../directories/directory.ts';

/** The contact data that users can change or add. */
export type ContactPart = 'email' | 'phone' | 'recovery-address';
export type ContactFault =
  'not-an-address' | 'not-a-number' | 'known' | 'too-many' | 'too-often' | 'not-sent' | 'not-permitted';

type Rules = Pick<PolicyDocument, 'ownContact'>;

/** Whether the account's directory manages its contact data. It never manages recovery addresses. */
export const isManagedByDirectory = (
  { directory }: Pick<AccountRow, 'directory'>,
  { ownContact }: Rules,
): boolean => ownContact.directories.some((name) => name === directory);

/** Whether the policy lets the owner of an account change this part. */
export function isChangeAllowed(
  account: Pick<AccountRow, 'directory'>,
  part: ContactPart,
  rules: Rules,
): boolean {
  const { ownContact } = rules;
  if (part === 'recovery-address') return ownContact.recoveryAddresses > 0;
  return ownContact[part] && !isManagedByDirectory(account, rules);
}

const address = emailAddress;
/** At most 15 digits, as in E.164. */
const phone = z
  .string()
  .max(limits.phone)
  .regex(/^\+?[\d\s()/.-]+$/)
  .refine((text) => /^\d{6,15}$/.test(phoneDigits(text)));

/** The fault of a new address or number; null if it has none. */
export function contactFault(
  part: ContactPart,
  value: string,
  account: Pick<AccountRow, 'email' | 'phone'>,
  added: readonly string[],
  readPhone: PhoneReader,
  { ownContact }: Rules,
): ContactFault | null {
  if (part === 'phone') {
    if (!phone.safeParse(value).success) return 'not-a-number';
    return isSamePhone(readPhone(value), readPhone(account.phone)) ? 'known' : null;
  }
  if (!address.safeParse(value).success) return 'not-an-address';
  const known = [account.email, ...added].some((on) => on !== null && identityKey(on) === identityKey(value));
  if (known) return 'known';
  return part === 'recovery-address' && added.length >= ownContact.recoveryAddresses ? 'too-many' : null;
}
