import { isCommonPassword, isCommonWord } from './common-words.ts';
import { containsPiece, foldings } from './look-alikes.ts';
import { nameRulesBroken, type Owner } from './owner.ts';
import { policyFor, type PasswordPolicy, type PasswordSection } from './policy.ts';
import { isPredictable } from './predictable.ts';
import { passwordRules, type PasswordRule } from './rules.ts';

export interface PasswordVerdict {
  readonly ok: boolean;
  /** In the order of `passwordRules`. */
  readonly broken: readonly PasswordRule[];
}

const kinds = {
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  digit: /\p{Nd}/u,
  special: /[^\p{L}\p{N}\p{M}]/u,
} as const;

/** Every rule of a policy that a password breaks. The whole password counts, in NFC; its length in characters, not bytes. */
export function judgePassword(password: string, policy: PasswordPolicy, owner: Owner): PasswordVerdict {
  const plain = password.normalize('NFC');
  const has = {
    upper: kinds.upper.test(plain),
    lower: kinds.lower.test(plain),
    digit: kinds.digit.test(plain),
    special: kinds.special.test(plain),
  };
  const broken = new Set<PasswordRule>(policy.names ? nameRulesBroken(plain, owner) : []);
  const breaks = (rule: PasswordRule, is: boolean) => {
    if (is) broken.add(rule);
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
  const commonPassword = policy.common && isCommonPassword(plain);
  breaks('common-password', commonPassword);
  breaks('common-word', policy.common && !commonPassword && isCommonWord(plain));
  breaks('predictable', policy.predictable && isPredictable(plain));
  return { ok: broken.size === 0, broken: passwordRules.filter((rule) => broken.has(rule)) };
}

/** As {@link judgePassword}, with what the policy document's section asks of one directory's accounts. */
export const checkPassword = (
  password: string,
  section: PasswordSection,
  owner: Owner,
  directory?: string,
): PasswordVerdict => judgePassword(password, policyFor(section, directory), owner);
