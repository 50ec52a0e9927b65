import { change } from './ldap-connection.ts';
import { generalizedTime } from './ldap-entry.ts';
import { limitOf, seconds, windowOf, type LdapFlavour } from './ldap-flavour.ts';

/** The time that OpenLDAP writes for an account that an administrator has locked permanently. */
const lockedForGood = '000001010000Z';

export const openldap: LdapFlavour = {
  keyAttribute: 'entryUUID',
  toKey: (value) => value.toLowerCase(),
  fromKey: (key) => key,
  accountFilter: '(objectClass=inetOrgPerson)',
  operational: ['pwdChangedTime', 'pwdAccountLockedTime', 'pwdReset', 'pwdPolicySubentry'],
  comparedAttributes: [],
  feedAttributes: ['pwdAccountLockedTime', 'pwdChangedTime'],
  state: (entry, policy, now) => {
    const locked = entry.text('pwdAccountLockedTime');
    const disabled = locked === lockedForGood;
    const since = disabled ? null : generalizedTime(locked);
    const until = since !== null && typeof policy?.lockoutMs === 'number' ? since + policy.lockoutMs : null;
    const isLocked = since !== null && (until === null || until > now);
    return {
      disabled,
      lockedSince: isLocked ? since : null,
      lockedUntil: isLocked ? until : null,
      mustChange: entry.has('pwdReset', 'TRUE'),
      passwordSetAt: generalizedTime(entry.text('pwdChangedTime')),
      expiresAt: null,
    };
  },
  demandChange: [change('replace', 'pwdReset', ['TRUE'])],
  demandNoChange: [change('replace', 'pwdReset', [])],
  settleMs: 0,
  // A new password removes the attribute, which also represents a lock after wrong passwords.
  stayDisabled: [change('replace', 'pwdAccountLockedTime', [lockedForGood])],
  unlock: [change('replace', 'pwdAccountLockedTime', [])],
  setEnabled: (enabled) => [change('replace', 'pwdAccountLockedTime', enabled ? [] : [lockedForGood])],
  policyAttribute: 'pwdPolicySubentry',
  defaultPolicy: null,
  policyAttributes: [
    'pwdMinLength',
    'pwdMaxLength',
    'pwdCheckQuality',
    'pwdCheckModule',
    'pwdUseCheckModule',
    'pwdInHistory',
    'pwdMinAge',
    'pwdLockout',
    'pwdMaxFailure',
    'pwdLockoutDuration',
    'pwdFailureCountInterval',
  ],
  policy: (entry) => {
    const lockout = seconds(entry, 'pwdLockoutDuration');
    const checks = (entry.number('pwdCheckQuality') ?? 0) > 0;
    // Up to OpenLDAP 2.5, the policy names the module; since 2.6, the server's configuration does.
    const usesModule =
      checks && (entry.text('pwdCheckModule') !== null || entry.has('pwdUseCheckModule', 'TRUE'));
    return {
      minLength: checks ? (entry.number('pwdMinLength') ?? 0) : 0,
      // The module does not publish its rules.
      complexity: usesModule ? null : false,
      characters: checks ? limitOf(entry, 'longest', 'pwdMaxLength') : {},
      unchecked: usesModule ? ['server-module'] : [],
      history: entry.number('pwdInHistory') ?? 0,
      minAge: seconds(entry, 'pwdMinAge') ?? 0,
      lockoutThreshold: entry.has('pwdLockout', 'TRUE') ? (entry.number('pwdMaxFailure') ?? 0) : 0,
      lockoutWindow: windowOf(entry, 'pwdFailureCountInterval'),
      lockoutMs: lockout === null || lockout === 0 ? null : lockout,
    };
  },
  historyOnResets: true,
  hasAccessLog: true,
};
