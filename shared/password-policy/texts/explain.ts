import type { PasswordPolicy } from '../policy.ts';
import { rulesOf } from '../policy.ts';
import type { PasswordFault, PasswordRule } from '../rules.ts';
import { rulesAsked, rulesBroken } from './en.ts';

const fill = (sentence: string, { shortest, kinds }: Pick<PasswordPolicy, 'shortest' | 'kinds'>): string =>
  sentence.replace('{{shortest}}', String(shortest)).replace('{{kinds}}', String(kinds));

/** The sentence for a rule that a password breaks. */
export const explainFault = (fault: PasswordFault, policy: PasswordPolicy): string =>
  fill(rulesBroken[fault], policy);

/** What a policy asks for, line by line. */
export const describePolicy = (policy: PasswordPolicy): { rule: PasswordRule; words: string }[] =>
  rulesOf(policy).map((rule) => ({ rule, words: fill(rulesAsked[rule], policy) }));
