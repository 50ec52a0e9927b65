import { isCommonPassword, isCommonWord } from './common-words.ts';
import type { Owner } from './owner.ts';
import { policyFor, type PasswordPolicy, type PasswordSection } from './policy.ts';
import { passwordRules, type PasswordRule } from './rules.ts';
import { brokenWithoutLists } from './rules-without-lists.ts';

export interface PasswordVerdict {
  readonly ok: boolean;
  /** In the order of `passwordRules`. */
  readonly broken: readonly PasswordRule[];
}

/** Lists every rule of a policy that a password breaks. It checks the whole password in NFC and counts code points, not bytes. */
export function judgePassword(password: string, policy: PasswordPolicy, owner: Owner): PasswordVerdict {
  const plain = password.normalize('NFC');
  const broken = brokenWithoutLists(plain, policy, owner);
  const commonPassword = policy.common && isCommonPassword(plain);
  if (commonPassword) broken.add('common-password');
  if (policy.common && !commonPassword && isCommonWord(plain)) broken.add('common-word');
  return { ok: broken.size === 0, broken: passwordRules.filter((rule) => broken.has(rule)) };
}

/** Same as {@link judgePassword}, with the policy that the policy document's section has for one directory's accounts. */
export const checkPassword = (
  password: string,
  section: PasswordSection,
  owner: Owner,
  directory?: string,
): PasswordVerdict => judgePassword(password, policyFor(section, directory), owner);
