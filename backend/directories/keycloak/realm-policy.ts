import type { UncheckedRule } from '../../../shared/api/directories.ts';
import type { CharacterRules } from '../../passwords/temporary-passwords/character-rules.ts';
import {
  unreadIn,
  unreadPolicy,
  withAbsent,
  type EffectivePolicy,
  type PolicyValues,
} from '../external/effective-policy.ts';

/** The policy of a realm, which is the same for all its users but for their names. */
export interface RealmPolicy {
  readonly policy: EffectivePolicy;
  /** Whether a password must not contain its user's name. */
  readonly refusesUserName: boolean;
}

/**
 * The rules of a realm's policy, written as `length(10) and digits(1) and passwordHistory(3)`, with their numbers. A rule without a number has Keycloak's
 * default. A pattern may contain any character.
 */
export function passwordRules(text: string): ReadonlyMap<string, number | null> {
  const rules = new Map<string, number | null>();
  for (const rule of text.split(' and ')) {
    const [, name = '', value] = /^([^(]*)(?:\((.*)\))?$/s.exec(rule.trim()) ?? [];
    if (name.trim() !== '') rules.set(name.trim(), /^\d+$/.test(value ?? '') ? Number(value) : null);
  }
  return rules;
}

const defaultLength = 8;
const defaultLongest = 64;
const defaultHistory = 3;
const characterRules = ['digits', 'upperCase', 'lowerCase', 'specialChars'];

/**
 * Rules that no generated password breaks: a random password is neither its user's name nor address nor a former password, and the others are about
 * sign-ins and hashes.
 */
const keptRules: ReadonlySet<string> = new Set([
  'length',
  'maxLength',
  ...characterRules,
  'notUsername',
  'notContainsUsername',
  'notEmail',
  'passwordHistory',
  'passwordAge',
  'forceExpiredPasswordChange',
  'maxAuthAge',
  'hashAlgorithm',
  'hashIterations',
  'recoveryCodesWarningThreshold',
]);
/** Rules that only Keycloak can check: it alone has the list, and its patterns are Java's. */
const uncheckedRules: Readonly<Record<string, UncheckedRule>> = {
  regexPattern: 'pattern',
  passwordBlacklist: 'forbidden-passwords',
};

function uncheckedIn(names: Iterable<string>): readonly UncheckedRule[] {
  const unknown = [...names].filter((name) => !keptRules.has(name));
  return [...new Set(unknown.map((name) => uncheckedRules[name] ?? 'extension'))];
}

/**
 * The policy in a realm's description, with the names of the fields that the service account may not read. Keycloak returns a shortened description
 * to clients without `view-realm`.
 */
export function realmPolicy(realm: Readonly<Record<string, unknown>>): RealmPolicy {
  // Only the complete description contains the number of failures after which an account is locked.
  const failureFactor = realm['failureFactor'];
  if (typeof failureFactor !== 'number') return { policy: policyOf(unreadPolicy), refusesUserName: false };
  const text = realm['passwordPolicy'];
  const rules = passwordRules(typeof text === 'string' ? text : '');
  const numberOf = (rule: string, absent: number) => (rules.has(rule) ? (rules.get(rule) ?? absent) : 0);
  const countsKinds = characterRules.some((rule) => rules.has(rule));
  const values: PolicyValues = {
    minLength: numberOf('length', defaultLength),
    complexity: countsKinds,
    // With an age, the current password is refused at least.
    history: Math.max(numberOf('passwordHistory', defaultHistory), rules.has('passwordAge') ? 1 : 0),
    minAge: 0,
    lockoutThreshold: realm['bruteForceProtected'] === true ? failureFactor : 0,
  };
  const characters: CharacterRules = {
    ...(rules.has('maxLength') && { longest: numberOf('maxLength', defaultLongest) }),
    ...(countsKinds && {
      least: {
        upper: numberOf('upperCase', 1),
        lower: numberOf('lowerCase', 1),
        digits: numberOf('digits', 1),
        signs: numberOf('specialChars', 1),
      },
    }),
  };
  const policy = policyOf(values, characters, uncheckedIn(rules.keys()));
  return { policy, refusesUserName: rules.has('notContainsUsername') };
}

const policyOf = (
  values: PolicyValues,
  characters: CharacterRules = {},
  unchecked: readonly UncheckedRule[] = [],
): EffectivePolicy => ({ ...values, characters, unchecked, from: 'realm', unreadable: unreadIn(values) });

/** The policy for one user. */
export const policyFor = ({ policy, refusesUserName }: RealmPolicy, userName: string): EffectivePolicy =>
  withAbsent(policy, refusesUserName ? [userName] : []);
