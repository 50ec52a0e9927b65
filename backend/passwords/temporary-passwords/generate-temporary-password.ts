import type { temporaryStyles } from '../../../shared/api/password-section.ts';
import { judgePassword } from '../../../shared/password-policy/check-password.ts';
import type { Owner } from '../../../shared/password-policy/owner.ts';
import type { PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { drawBelow as drawSecurely, type DrawBelow } from './draw-below.ts';
import { bitsOfGroups, drawGroups, groupsFor } from './groups.ts';
import { bitsOfWords, drawWords, wordsFor } from './words.ts';

export interface GeneratedPassword {
  readonly password: Secret;
  /** Bits of randomness, rounded down; at least 72 (OWASP ASVS 6.4.1). */
  readonly bits: number;
}

/** Far more than a policy that can be kept at all ever needs. */
const mostDraws = 10_000;

/**
 * A temporary password that keeps the policy of its owner's directory: drawn again when it breaks a rule, such as when it
 * happens to hold a piece of a name. Fewer than half of all draws do, so one bit is taken off for them. Throws when no draw keeps the policy.
 */
export function generateTemporaryPassword(
  style: (typeof temporaryStyles)[number],
  policy: PasswordPolicy,
  owner: Owner,
  drawBelow: DrawBelow = drawSecurely,
): GeneratedPassword {
  const parts = (style === 'groups' ? groupsFor : wordsFor)(policy.shortest);
  const draw = style === 'groups' ? drawGroups : drawWords;
  const bits = (style === 'groups' ? bitsOfGroups : bitsOfWords)(parts);
  for (let drawn = 0; drawn < mostDraws; drawn += 1) {
    const value = draw(parts, drawBelow);
    if (judgePassword(value, policy, owner).ok)
      return { password: new Secret(value), bits: Math.floor(bits - 1) };
  }
  throw new Error('no temporary password keeps the policy');
}
