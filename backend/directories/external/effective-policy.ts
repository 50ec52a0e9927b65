import type { UncheckedRule } from '../../../shared/api/directories.ts';
import type { CharacterRules } from '../../passwords/temporary-passwords/character-rules.ts';

/** The values of a policy. Times in milliseconds; null if there is no such rule, and if the service account may not read it. */
export interface PolicyValues {
  readonly minLength: number | null;
  /** Whether several kinds of characters are required. */
  readonly complexity: boolean | null;
  /** The number of former passwords that are refused. */
  readonly history: number | null;
  readonly minAge: number | null;
  /** Wrong passwords until the account is locked; 0 for never. */
  readonly lockoutThreshold: number | null;
}

/** The password rules for one account. */
export interface EffectivePolicy extends PolicyValues {
  /** Rules about characters, which generated passwords keep. Empty for none, and if the directory does not tell. */
  readonly characters: CharacterRules;
  /** Rules that this backend cannot check in advance. The directory refuses a password that breaks one. */
  readonly unchecked: readonly UncheckedRule[];
  /** The source of the rules. `pso` is a password settings object of Active Directory. */
  readonly from: 'domain' | 'pso' | 'ppolicy' | 'realm' | 'tenant';
  /** The values that the service account may not read, or whose form is specific to the directory. */
  readonly unreadable: readonly (keyof PolicyValues)[];
}

/** The names of the values that were not read. */
export function unreadIn(values: PolicyValues): readonly (keyof PolicyValues)[] {
  const { minLength, complexity, history, minAge, lockoutThreshold } = values;
  const read = { minLength, complexity, history, minAge, lockoutThreshold };
  return (Object.keys(read) as (keyof PolicyValues)[]).filter((name) => read[name] === null);
}

/** A policy of which nothing is readable. */
export const unreadPolicy: PolicyValues = {
  minLength: null,
  complexity: null,
  history: null,
  minAge: null,
  lockoutThreshold: null,
};

/** The policy with texts that a password of this account must not contain. */
export function withAbsent<P extends Pick<EffectivePolicy, 'characters'>>(
  policy: P,
  texts: readonly string[],
): P {
  if (texts.length === 0) return policy;
  const { characters } = policy;
  return { ...policy, characters: { ...characters, absent: [...(characters.absent ?? []), ...texts] } };
}
