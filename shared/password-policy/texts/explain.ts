import type { PasswordPolicy } from '../policy.ts';
import { rulesOf } from '../policy.ts';
import type { PasswordFault, PasswordRule } from '../rules.ts';
import { rulesAsked, rulesBroken } from './en.ts';

const fill = (text: string, { shortest, kinds }: Pick<PasswordPolicy, 'shortest' | 'kinds'>): string =>
  text.replace('{{shortest}}', String(shortest)).replace('{{kinds}}', String(kinds));

/** The sentence for a rule that a password breaks. */
export const explainFault = (fault: PasswordFault, policy: PasswordPolicy): string =>
  fill(rulesBroken[fault], policy);

/** What a policy requires, as the lines of a checklist. `words` is the name in the public API. */
export const describePolicy = (policy: PasswordPolicy): { rule: PasswordRule; words: string }[] =>
  rulesOf(policy).map((rule) => ({ rule, words: fill(rulesAsked[rule], policy) }));
