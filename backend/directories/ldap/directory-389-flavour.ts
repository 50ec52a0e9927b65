import { change } from './ldap-connection.ts';
import { generalizedTime, hyphenated } from './ldap-entry.ts';
import { seconds, windowOf, type LdapFlavour } from './ldap-flavour.ts';

/** In 389 Directory Server, the start of time means "at once" and "forever". */
const epoch = '19700101000000Z';

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
      history: isOn('passwordHistory') ? entry.number('passwordInHistory') : 0,
      minAge: seconds(entry, 'passwordMinAge') ?? 0,
      lockoutThreshold: isOn('passwordLockout') ? entry.number('passwordMaxFailure') : 0,
      lockoutWindow: windowOf(entry, 'passwordResetFailureCount'),
      lockoutMs: isOn('passwordUnlock') ? (seconds(entry, 'passwordLockoutDuration') ?? undefined) : null,
    };
  },
  historyOnResets: true,
};
