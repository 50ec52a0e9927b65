import type { temporaryStyles } from '../../../shared/api/password-section.ts';
import { judgePassword } from '../../../shared/password-policy/check-password.ts';
import type { Owner } from '../../../shared/password-policy/owner.ts';
import type { PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { keepsRules, type CharacterRules } from './character-rules.ts';
import { chooseForm } from './choose-form.ts';
import { drawBelow as drawSecurely, type DrawBelow } from './draw-below.ts';
import { NoPasswordPossible } from './no-password-possible.ts';

export interface GeneratedPassword {
  readonly password: Secret;
  /** Bits of randomness, rounded down; at least those that the policy requires. */
  readonly bits: number;
  /** That of the policy, or the one that a directory's rules allow. */
  readonly style: (typeof temporaryStyles)[number];
}

/** The style, and the minimum bits of randomness. */
export interface TemporaryPasswordRules {
  readonly style: (typeof temporaryStyles)[number];
  readonly minBits: number;
  /** The rules of an external directory; by default none. */
  readonly characters?: CharacterRules | undefined;
}

/** Far more than any satisfiable policy needs. */
const maxDraws = 10_000;

/**
 * Generates a temporary password that satisfies the policy of its owner's directory and the directory's own rules. A draw that breaks a rule of the policy,
 * for example by containing part of a name, is repeated; fewer than half are, so one bit is deducted. If the directory's rules leave too few passwords in
 * the style, the password has another form. Throws {@link NoPasswordPossible} if no password satisfies both.
 */
export function generateTemporaryPassword(
  { style, minBits, characters: rules = {} }: TemporaryPasswordRules,
  policy: PasswordPolicy,
  owner: Owner,
  drawBelow: DrawBelow = drawSecurely,
): GeneratedPassword {
  // One bit more for the draws that are repeated.
  const asked = { style, minBits: minBits + 1, shortest: policy.shortest, rules };
  const plan = chooseForm(asked, drawBelow);
  for (let drawn = 0; drawn < maxDraws; drawn += 1) {
    const value = plan.draw();
    if (keepsRules(value, rules) && judgePassword(value, policy, owner).ok)
      return { password: new Secret(value), bits: Math.floor(plan.bits - 1), style: plan.style };
  }
  throw new NoPasswordPossible('No temporary password satisfies the policy');
}
