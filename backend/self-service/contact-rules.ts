import { z } from 'zod';
import { limits } from '../../shared/api/limits.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { identityKey, phoneDigits } from '../text/fold.ts';
import type { AccountRow } from '../directories/directory.ts';

/** What users can change or add by typing it. */
export type ContactPart = 'email' | 'phone' | 'recovery-address';
export type ContactFault =
  'not-an-address' | 'not-a-number' | 'known' | 'too-many' | 'too-often' | 'not-sent' | 'not-permitted';

type Rules = Pick<PolicyDocument, 'ownContact'>;

/** Whether the directory of an account keeps this part of its contact data itself. Recovery addresses are never the directory's. */
export const isManagedByDirectory = (
  { directory }: Pick<AccountRow, 'directory'>,
  { ownContact }: Rules,
): boolean => ownContact.directories.some((name) => name === directory);

/** Whether the owner of an account may change this part themselves. */
export function isChangeAllowed(
  account: Pick<AccountRow, 'directory'>,
  part: ContactPart,
  rules: Rules,
): boolean {
  const { ownContact } = rules;
  if (part === 'recovery-address') return ownContact.recoveryAddresses > 0;
  return ownContact[part] && !isManagedByDirectory(account, rules);
}

const address = z.email().max(limits.email);
/** E.164 has 15 digits at most. */
const phone = z
  .string()
  .max(limits.phone)
  .regex(/^\+?[\d\s()/.-]+$/)
  .refine((text) => /^\d{6,15}$/.test(phoneDigits(text)));

/** What is wrong with a new address or number; null when nothing is. */
export function contactFault(
  part: ContactPart,
  value: string,
  account: Pick<AccountRow, 'email' | 'phone_digits'>,
  added: readonly string[],
  { ownContact }: Rules,
): ContactFault | null {
  if (part === 'phone') {
    if (!phone.safeParse(value).success) return 'not-a-number';
    return phoneDigits(value) === account.phone_digits ? 'known' : null;
  }
  if (!address.safeParse(value).success) return 'not-an-address';
  const known = [account.email, ...added].some((on) => on !== null && identityKey(on) === identityKey(value));
  if (known) return 'known';
  return part === 'recovery-address' && added.length >= ownContact.recoveryAddresses ? 'too-many' : null;
}
