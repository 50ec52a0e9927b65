import type { CharacterRules } from '../../passwords/temporary-passwords/character-rules.ts';
import { policyFor, type PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import { loadGenerator } from '../../passwords/password-engine/load-engine.ts';
import type { ResetPreflight } from './preflight-reset.ts';

/** What an external directory demands of a password, as far as it tells. */
export interface DirectoryDemands {
  readonly shortest?: number;
  readonly characters?: CharacterRules | undefined;
}

/** The minimum characters and bits of a split password. The half that one reader lacks must be as hard to guess as a whole one-time code. */
const [shortestSplit, splitBits] = [23, 72];

/** Generates a temporary password that the policy accepts, and an external directory with these demands. */
export async function generateForReset(
  { policy, account, mode }: ResetPreflight,
  { shortest = 0, characters }: DirectoryDemands = {},
) {
  const { passwords, temporaryPassword } = policy.document;
  const asked = policyFor(passwords, account.directory);
  const isSplit = mode === 'split';
  const length = Math.max(asked.shortest, shortest, isSplit ? shortestSplit : 0);
  const rules: PasswordPolicy = { ...asked, shortest: length };
  const { generateTemporaryPassword } = await loadGenerator();
  const { style, minBits } = temporaryPassword;
  const strength = { style, minBits: isSplit ? Math.max(minBits, splitBits) : minBits, characters };
  return generateTemporaryPassword(strength, rules, {
    userName: account.user_name,
    displayName: account.display_name,
    email: account.email,
  });
}
