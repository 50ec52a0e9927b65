import { describe, expect, it } from 'vitest';
import { passwordRules, policyFor, realmPolicy } from './realm-policy.ts';

describe('the policy of a realm', () => {
  it('is read rule by rule', () => {
    const rules = passwordRules(
      'length(12) and digits(2) and notUsername(undefined) and notEmail and regexPattern(([a-z]+(x)))',
    );
    expect([...rules]).toEqual([
      ['length', 12],
      ['digits', 2],
      ['notUsername', null],
      ['notEmail', null],
      ['regexPattern', null],
    ]);
    expect(passwordRules('')).toEqual(new Map());
  });
  it.each([
    ['length(12) and digits(1) and passwordHistory(5)', { minLength: 12, complexity: true, history: 5 }],
    [
      'digits(3) and upperCase(2) and specialChars()',
      { complexity: true, characters: { least: { upper: 2, lower: 0, digits: 3, signs: 1 } } },
    ],
    ['length() and passwordHistory()', { minLength: 8, complexity: false, history: 3 }],
    ['', { minLength: 0, complexity: false, history: 0, characters: {}, unchecked: [] }],
    ['passwordAge(30)', { history: 1 }],
    ['maxLength(20) and notContainsUsername', { characters: { longest: 20, absent: ['zoe'] } }],
    ['maxLength()', { characters: { longest: 64 } }],
    [
      'regexPattern((a)) and passwordBlacklist(x) and ours',
      { unchecked: ['pattern', 'forbidden-passwords', 'extension'] },
    ],
    [
      'hashAlgorithm(argon2) and maxAuthAge(0) and notEmail and notUsername',
      { characters: {}, unchecked: [] },
    ],
  ])('“%s” demands %o', (passwordPolicy, expected) => {
    const realm = { passwordPolicy, failureFactor: 30, bruteForceProtected: false };
    const policy = policyFor(realmPolicy(realm), 'zoe');
    expect(policy).toMatchObject({ ...expected, lockoutThreshold: 0, unreadable: [] });
  });
  it('locks after the realm’s number of failures where it protects from guessing', () => {
    expect(realmPolicy({ failureFactor: 5, bruteForceProtected: true }).policy).toMatchObject({
      lockoutThreshold: 5,
    });
  });
  it('names every rule as unreadable where Keycloak shortened the description', () => {
    const { policy } = realmPolicy({ realm: 'staff', bruteForceProtected: true });
    expect(policy.unreadable).toHaveLength(5);
    expect(policy.minLength).toBeNull();
  });
});
