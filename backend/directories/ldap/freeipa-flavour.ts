import { change } from './ldap-connection.ts';
import { generalizedTime } from './ldap-entry.ts';
import { directory389 } from './directory-389-flavour.ts';
import { limitOf, seconds, windowOf, type LdapFlavour } from './ldap-flavour.ts';

/** FreeIPA is a 389 Directory Server with the rules of Kerberos. */
export const freeipa: LdapFlavour = {
  ...directory389,
  keyAttribute: 'ipaUniqueID',
  toKey: (value) => value.toLowerCase(),
  fromKey: (key) => key,
  accountFilter: '(objectClass=posixAccount)',
  comparedAttributes: ['uid'],
  operational: [
    'krbPasswordExpiration',
    'krbLastPwdChange',
    'krbPrincipalExpiration',
    'krbLoginFailedCount',
    'krbLastFailedAuth',
    'nsAccountLock',
    'krbPwdPolicyReference',
  ],
  state: (entry, policy, now) => {
    const expires = generalizedTime(entry.text('krbPasswordExpiration'));
    const failedAt = generalizedTime(entry.text('krbLastFailedAuth'));
    const threshold = policy?.lockoutThreshold ?? 0;
    const until =
      failedAt !== null && typeof policy?.lockoutMs === 'number' ? failedAt + policy.lockoutMs : null;
    const isLocked =
      threshold > 0 &&
      failedAt !== null &&
      (entry.number('krbLoginFailedCount') ?? 0) >= threshold &&
      (until === null || until > now);
    return {
      disabled: entry.has('nsAccountLock', 'TRUE'),
      lockedSince: isLocked ? failedAt : null,
      lockedUntil: isLocked ? until : null,
      mustChange: expires !== null && expires <= now,
      passwordSetAt: generalizedTime(entry.text('krbLastPwdChange')),
      expiresAt: generalizedTime(entry.text('krbPrincipalExpiration')),
    };
  },
  // A password that another account sets expires at once.
  demandChange: [],
  demandNoChange: [],
  settleMs: 0,
  unlock: [change('replace', 'krbLoginFailedCount', ['0'])],
  policyAttribute: 'krbPwdPolicyReference',
  defaultPolicy: null,
  policyAttributes: [
    'krbPwdMinLength',
    'krbPwdMinDiffChars',
    'ipaPwdMaxRepeat',
    'ipaPwdMaxSequence',
    'ipaPwdDictCheck',
    'ipaPwdUserCheck',
    'krbPwdHistoryLength',
    'krbMinPwdLife',
    'krbPwdMaxFailure',
    'krbPwdLockoutDuration',
    'krbPwdFailureCountInterval',
  ],
  policy: (entry) => {
    const lockout = seconds(entry, 'krbPwdLockoutDuration');
    return {
      minLength: entry.number('krbPwdMinLength'),
      complexity: (entry.number('krbPwdMinDiffChars') ?? 0) > 1,
      characters: {
        ...limitOf(entry, 'maxRepeats', 'ipaPwdMaxRepeat'),
        ...limitOf(entry, 'maxSequence', 'ipaPwdMaxSequence'),
      },
      unchecked: entry.has('ipaPwdDictCheck', 'TRUE') ? ['dictionary'] : [],
      ...(entry.has('ipaPwdUserCheck', 'TRUE') && {
        refusedTexts: { attributes: ['uid'], partLength: null },
      }),
      history: entry.number('krbPwdHistoryLength'),
      minAge: seconds(entry, 'krbMinPwdLife'),
      lockoutThreshold: entry.number('krbPwdMaxFailure'),
      lockoutWindow: windowOf(entry, 'krbPwdFailureCountInterval'),
      lockoutMs: lockout === 0 ? null : (lockout ?? undefined),
    };
  },
};
