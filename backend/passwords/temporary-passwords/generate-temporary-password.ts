import type { temporaryStyles } from '../../../shared/api/password-section.ts';
import { judgePassword } from '../../../shared/password-policy/check-password.ts';
import type { Owner } from '../../../shared/password-policy/owner.ts';
import type { PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { addMissing, type LeastCharacters } from './add-missing.ts';
import { drawBelow as drawSecurely, type DrawBelow } from './draw-below.ts';
import { bitsOfGroups, drawGroups, groupsFor } from './groups.ts';
import { bitsOfWords, drawWords, wordsFor } from './words.ts';

export interface GeneratedPassword {
  readonly password: Secret;
  /** Bits of randomness, rounded down; at least those that the policy requires. */
  readonly bits: number;
}

/** The style, and the minimum bits of randomness. */
export interface TemporaryPasswordRules {
  readonly style: (typeof temporaryStyles)[number];
  readonly minBits: number;
  /** What an external directory counts; by default nothing. */
  readonly least?: LeastCharacters | undefined;
}

const none: LeastCharacters = { upper: 0, lower: 0, digits: 0, signs: 0 };

/** Far more than any satisfiable policy needs. */
const maxDraws = 10_000;

/**
 * Generates a temporary password that satisfies the policy of its owner's directory. A draw that breaks a rule, for example by containing part of a name, is
 * repeated; fewer than half are, so one bit is deducted. Throws if no draw satisfies the policy.
 */
export function generateTemporaryPassword(
  { style, minBits, least = none }: TemporaryPasswordRules,
  policy: PasswordPolicy,
  owner: Owner,
  drawBelow: DrawBelow = drawSecurely,
): GeneratedPassword {
  // One bit more for the draws that are repeated.
  const parts = (style === 'groups' ? groupsFor : wordsFor)(policy.shortest, minBits + 1);
  const draw = style === 'groups' ? drawGroups : drawWords;
  const bits = (style === 'groups' ? bitsOfGroups : bitsOfWords)(parts);
  for (let drawn = 0; drawn < maxDraws; drawn += 1) {
    const value = addMissing(draw(parts, drawBelow), least, drawBelow);
    if (judgePassword(value, policy, owner).ok)
      return { password: new Secret(value), bits: Math.floor(bits - 1) };
  }
  throw new Error('No temporary password satisfies the policy');
}
