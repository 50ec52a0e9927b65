import type { EffectivePolicy } from '../external/external-directory.ts';

/** The rules of a realm's policy, written as `length(10) and digits(1) and passwordHistory(3)`. A rule without a number has Keycloak's default. */
export function passwordRules(text: string): ReadonlyMap<string, number | null> {
  const rules = new Map<string, number | null>();
  for (const rule of text.split(' and ')) {
    const [, name, value] = /^([A-Za-z]+)\(([^()]*)\)$/.exec(rule.trim()) ?? [];
    if (name !== undefined) rules.set(name, /^\d+$/.test(value ?? '') ? Number(value) : null);
  }
  return rules;
}

const defaultLength = 8;
const defaultHistory = 3;
const characterRules = ['digits', 'upperCase', 'lowerCase', 'specialChars'];

/**
 * The policy in a realm's description, with the names of the fields that the service account may not read. Keycloak returns a shortened description
 * to clients without `view-realm`.
 */
export function realmPolicy(realm: Readonly<Record<string, unknown>>): EffectivePolicy {
  // Only the complete description contains the number of failures after which an account is locked.
  const failureFactor = realm['failureFactor'];
  if (typeof failureFactor !== 'number')
    return {
      minLength: null,
      complexity: null,
      history: null,
      minAge: null,
      lockoutThreshold: null,
      from: 'realm',
      unreadable: ['minLength', 'complexity', 'history', 'minAge', 'lockoutThreshold'],
    };
  const policy = realm['passwordPolicy'];
  const rules = passwordRules(typeof policy === 'string' ? policy : '');
  const numberOf = (rule: string, absent: number) => (rules.has(rule) ? (rules.get(rule) ?? absent) : 0);
  return {
    minLength: numberOf('length', defaultLength),
    complexity: characterRules.some((rule) => rules.has(rule)),
    ...(characterRules.some((rule) => rules.has(rule)) && {
      least: {
        upper: numberOf('upperCase', 1),
        lower: numberOf('lowerCase', 1),
        digits: numberOf('digits', 1),
        signs: numberOf('specialChars', 1),
      },
    }),
    history: numberOf('passwordHistory', defaultHistory),
    minAge: 0,
    lockoutThreshold: realm['bruteForceProtected'] === true ? failureFactor : 0,
    from: 'realm',
    unreadable: [],
  };
}
