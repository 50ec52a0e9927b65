import { policyFor, type PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import { loadGenerator } from '../../passwords/password-engine/load-engine.ts';
import type { ResetPreflight } from './preflight-reset.ts';

/** The minimum characters and bits of a split password. The half that one reader lacks must be as hard to guess as a whole one-time code. */
const [shortestSplit, splitBits] = [23, 72];

/** Generates a temporary password that the policy and, with `shortest` characters, an external directory accept. */
export async function generateForReset({ policy, account, mode }: ResetPreflight, shortest = 0) {
  const { passwords, temporaryPassword } = policy.document;
  const asked = policyFor(passwords, account.directory);
  const isSplit = mode === 'split';
  const least = Math.max(asked.shortest, shortest, isSplit ? shortestSplit : 0);
  const rules: PasswordPolicy = { ...asked, shortest: least };
  const { generateTemporaryPassword } = await loadGenerator();
  const { style, minBits } = temporaryPassword;
  const strength = { style, minBits: isSplit ? Math.max(minBits, splitBits) : minBits };
  return generateTemporaryPassword(strength, rules, {
    userName: account.user_name,
    displayName: account.display_name,
    email: account.email,
  });
}
