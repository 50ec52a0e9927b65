import { containsPiece, foldings } from './look-alikes.ts';
import { nameRulesBroken, type Owner } from './owner.ts';
import type { PasswordPolicy } from './policy.ts';
import { isPredictable } from './predictable.ts';
import type { PasswordRule } from './rules.ts';

const kinds = {
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  digit: /\p{Nd}/u,
  special: /[^\p{L}\p{N}\p{M}]/u,
} as const;

/**
 * The rules that a password (in NFC) breaks, without the rules that need word lists. A browser can check them while the user
 * types, without loading the lists, which are about a megabyte.
 */
export function brokenWithoutLists(plain: string, policy: PasswordPolicy, owner: Owner): Set<PasswordRule> {
  const has = {
    upper: kinds.upper.test(plain),
    lower: kinds.lower.test(plain),
    digit: kinds.digit.test(plain),
    special: kinds.special.test(plain),
  };
  const broken = new Set<PasswordRule>(policy.names ? nameRulesBroken(plain, owner) : []);
  const breaks = (rule: PasswordRule, isBroken: boolean) => {
    if (isBroken) broken.add(rule);
  };
  breaks('too-short', [...plain].length < policy.shortest);
  breaks('no-upper-case', policy.upper && !has.upper);
  breaks('no-lower-case', policy.lower && !has.lower);
  breaks('no-digit', policy.digit && !has.digit);
  breaks('no-special', policy.special && !has.special);
  breaks('too-few-kinds', Object.values(has).filter(Boolean).length < policy.kinds);
  breaks(
    'blocked-word',
    policy.blocked.some((word) =>
      foldings(word).some((piece) => foldings(plain).some((text) => containsPiece(text, piece))),
    ),
  );
  breaks('predictable', policy.predictable && isPredictable(plain));
  return broken;
}
