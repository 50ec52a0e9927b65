import { change } from './ldap-connection.ts';
import { generalizedTime, hyphenated, type LdapEntry } from './ldap-entry.ts';
import type { UncheckedRule } from '../../../shared/api/directories.ts';
import type { CharacterRules } from '../../passwords/temporary-passwords/character-rules.ts';
import { limitOf, seconds, windowOf, type LdapFlavour } from './ldap-flavour.ts';

/** In 389 Directory Server, the start of time means "at once" and "forever". */
const epoch = '19700101000000Z';

/** The attributes whose values the server's syntax check always compares. */
const comparedAttributes = ['uid', 'cn', 'sn', 'givenName', 'ou', 'mail'];
const defaultTokenLength = 3;
const wordsOf = (entry: LdapEntry, attribute: string): readonly string[] =>
  (entry.text(attribute) ?? '').split(/\s+/).filter((word) => word !== '');

/** The rules of the syntax check that a generated password keeps. A random password is no palindrome. */
function characterRules(entry: LdapEntry): CharacterRules {
  const least = (attribute: string) => entry.number(attribute) ?? 0;
  const badWords = wordsOf(entry, 'passwordBadWords');
  return {
    least: {
      upper: least('passwordMinUppers'),
      lower: Math.max(least('passwordMinLowers'), least('passwordMinAlphas') - least('passwordMinUppers')),
      digits: least('passwordMinDigits'),
      signs: least('passwordMinSpecials'),
    },
    ...limitOf(entry, 'maxRepeats', 'passwordMaxRepeats'),
    // The server refuses a long sequence at once, or if it occurs twice. No long one occurs at all in a generated password.
    ...limitOf(entry, 'maxSequence', 'passwordMaxSequence', 'passwordMaxSeqSets'),
    ...limitOf(entry, 'maxSameKind', 'passwordMaxClassChars'),
    ...(badWords.length > 0 && { absent: badWords }),
  };
}

const uncheckedRules = (entry: LdapEntry): readonly UncheckedRule[] => [
  ...(entry.has('passwordDictCheck', 'on') ? (['dictionary'] as const) : []),
  // Characters outside of ASCII cannot be dictated.
  ...((entry.number('passwordMin8bit') ?? 0) > 0 ? (['non-ascii'] as const) : []),
];

const refusedTexts = (entry: LdapEntry) => ({
  attributes: [...comparedAttributes, ...wordsOf(entry, 'passwordUserAttributes')],
  partLength: entry.number('passwordMinTokenLength') ?? defaultTokenLength,
});

export const directory389: LdapFlavour = {
  keyAttribute: 'nsUniqueId',
  toKey: hyphenated,
  // Four groups of eight digits.
  fromKey: (key) => key.replaceAll('-', '').replace(/^(.{8})(.{8})(.{8})(.{8})$/, '$1-$2-$3-$4'),
  accountFilter: '(objectClass=inetOrgPerson)',
  operational: [
    'passwordExpirationTime',
    'accountUnlockTime',
    'passwordRetryCount',
    'pwdUpdateTime',
    'nsAccountLock',
    'pwdPolicySubentry',
  ],
  comparedAttributes,
  feedAttributes: [],
  state: (entry, policy, now) => {
    const unlocksAt = entry.text('accountUnlockTime');
    const until = unlocksAt === epoch ? null : generalizedTime(unlocksAt);
    // A reset sets the count to 0, which unlocks the account, and leaves the time.
    const isLocked =
      unlocksAt !== null && (entry.number('passwordRetryCount') ?? 0) > 0 && (until === null || until > now);
    const since = until !== null && typeof policy?.lockoutMs === 'number' ? until - policy.lockoutMs : now;
    return {
      disabled: entry.has('nsAccountLock', 'TRUE'),
      lockedSince: isLocked ? since : null,
      lockedUntil: isLocked ? until : null,
      mustChange: entry.text('passwordExpirationTime') === epoch,
      passwordSetAt: generalizedTime(entry.text('pwdUpdateTime')),
      expiresAt: null,
    };
  },
  demandChange: [change('replace', 'passwordExpirationTime', [epoch])],
  demandNoChange: [change('replace', 'passwordExpirationTime', [])],
  // The server answers first and then writes the expiry of the password, overwriting the value of the same request.
  settleMs: 60,
  stayDisabled: [],
  unlock: [
    change('replace', 'passwordRetryCount', []),
    change('replace', 'accountUnlockTime', []),
    change('replace', 'retryCountResetTime', []),
  ],
  setEnabled: (enabled) => [change('replace', 'nsAccountLock', enabled ? [] : ['TRUE'])],
  policyAttribute: 'pwdPolicySubentry',
  defaultPolicy: 'cn=config',
  policyAttributes: [
    'passwordMinLength',
    'passwordCheckSyntax',
    'passwordMinCategories',
    'passwordMinDigits',
    'passwordMinAlphas',
    'passwordMinUppers',
    'passwordMinLowers',
    'passwordMinSpecials',
    'passwordMin8bit',
    'passwordMaxRepeats',
    'passwordMaxSequence',
    'passwordMaxSeqSets',
    'passwordMaxClassChars',
    'passwordMinTokenLength',
    'passwordUserAttributes',
    'passwordBadWords',
    'passwordDictCheck',
    'passwordHistory',
    'passwordInHistory',
    'passwordMinAge',
    'passwordLockout',
    'passwordMaxFailure',
    'passwordLockoutDuration',
    'passwordUnlock',
    'passwordResetFailureCount',
  ],
  policy: (entry) => {
    const isOn = (attribute: string) => entry.has(attribute, 'on');
    const checks = isOn('passwordCheckSyntax');
    return {
      minLength: checks ? entry.number('passwordMinLength') : 0,
      complexity: checks ? (entry.number('passwordMinCategories') ?? 0) > 1 : false,
      characters: checks ? characterRules(entry) : {},
      unchecked: checks ? uncheckedRules(entry) : [],
      ...(checks && { refusedTexts: refusedTexts(entry) }),
      history: isOn('passwordHistory') ? entry.number('passwordInHistory') : 0,
      minAge: seconds(entry, 'passwordMinAge') ?? 0,
      lockoutThreshold: isOn('passwordLockout') ? entry.number('passwordMaxFailure') : 0,
      lockoutWindow: windowOf(entry, 'passwordResetFailureCount'),
      lockoutMs: isOn('passwordUnlock') ? (seconds(entry, 'passwordLockoutDuration') ?? undefined) : null,
    };
  },
  historyOnResets: true,
  hasAccessLog: false,
};
