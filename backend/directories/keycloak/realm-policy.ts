import type { EffectivePolicy } from '../external/external-directory.ts';

/** The rules of a realm's policy, written as `length(10) and digits(1) and passwordHistory(3)`; a rule without a number has the default of Keycloak. */
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
 * The policy of a realm's description; what the service account may not read is named. Keycloak answers a shortened description to those without
 * `view-realm`.
 */
export function realmPolicy(realm: Readonly<Record<string, unknown>>): EffectivePolicy {
  // Only the whole description says after how many failures an account is locked.
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
    history: numberOf('passwordHistory', defaultHistory),
    minAge: 0,
    lockoutThreshold: realm['bruteForceProtected'] === true ? failureFactor : 0,
    from: 'realm',
    unreadable: [],
  };
}
