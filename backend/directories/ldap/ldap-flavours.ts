import type { LdapPreset } from '../../../shared/api/directory-settings.ts';
import type { Capability, EffectivePolicy, ExternalAccount } from '../external/external-directory.ts';
import { change, type LdapChange } from './ldap-connection.ts';
import { generalizedTime, hyphenated, toGeneralizedTime, type LdapEntry } from './ldap-entry.ts';

/** The part of an account that each kind of server stores in attributes of its own. */
export type AccountState = Pick<
  ExternalAccount,
  'disabled' | 'lockedSince' | 'lockedUntil' | 'mustChange' | 'passwordSetAt' | 'expiresAt'
>;

/** The rules of a policy entry, and the duration of its locks; null if only an unlock ends them, undefined if unknown. */
export type LdapPolicy = Omit<EffectivePolicy, 'from' | 'unreadable'> & {
  readonly lockoutMs: number | null | undefined;
  /** Milliseconds for which a wrong password counts; null if only a sign-in ends that, or if this is unknown. */
  readonly lockoutWindow: number | null;
};

/** The differences between the supported LDAP servers. */
export interface LdapFlavour {
  /** The attribute of the stable id. */
  readonly keyAttribute: string;
  readonly toKey: (value: string) => string;
  readonly fromKey: (key: string) => string;
  readonly accountFilter: string;
  /** Operational attributes, which a server returns only if they are requested by name. */
  readonly operational: readonly string[];
  /** Attributes, besides `modifyTimestamp`, whose change does not count as a change of the entry. */
  readonly feedAttributes: readonly string[];
  readonly state: (entry: LdapEntry, policy: LdapPolicy | null, now: number) => AccountState;
  /** Demands a new password at the next sign-in; null if the server cannot. */
  readonly demandChange: readonly LdapChange[] | null;
  readonly demandNoChange: readonly LdapChange[];
  /** Milliseconds until the server has written the consequences of a new password; 0 if it does so in the same write. */
  readonly settleMs: number;
  /** Disables an account again after a new password has enabled it. */
  readonly stayDisabled: readonly LdapChange[];
  readonly unlock: readonly LdapChange[] | null;
  readonly setEnabled: ((enabled: boolean) => readonly LdapChange[]) | null;
  /** Where the policy of an entry is: an attribute that names it, and the entry with the default. */
  readonly policyAttribute: string | null;
  readonly defaultPolicy: string | null;
  readonly policyAttributes: readonly string[];
  readonly policy: (entry: LdapEntry) => LdapPolicy;
  readonly historyOnResets: Capability;
}

const seconds = (entry: LdapEntry, attribute: string): number | null => {
  const value = entry.number(attribute);
  return value === null ? null : value * 1000;
};

/** A window in milliseconds; null for 0, which stands for "until a sign-in". */
const windowOf = (entry: LdapEntry, attribute: string): number | null => seconds(entry, attribute) || null;

const noPolicy: LdapPolicy = {
  minLength: null,
  complexity: null,
  history: null,
  minAge: null,
  lockoutThreshold: null,
  lockoutMs: undefined,
  lockoutWindow: null,
};

/** The time that OpenLDAP writes for an account that an administrator has locked permanently. */
const lockedForGood = '000001010000Z';

const openldap: LdapFlavour = {
  keyAttribute: 'entryUUID',
  toKey: (value) => value.toLowerCase(),
  fromKey: (key) => key,
  accountFilter: '(objectClass=inetOrgPerson)',
  operational: ['pwdChangedTime', 'pwdAccountLockedTime', 'pwdReset', 'pwdPolicySubentry'],
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
    'pwdInHistory',
    'pwdMinAge',
    'pwdLockout',
    'pwdMaxFailure',
    'pwdLockoutDuration',
    'pwdFailureCountInterval',
  ],
  policy: (entry) => {
    const lockout = seconds(entry, 'pwdLockoutDuration');
    return {
      minLength: entry.number('pwdMinLength') ?? 0,
      // A module of the server decides, and does not publish its rules.
      complexity: null,
      history: entry.number('pwdInHistory') ?? 0,
      minAge: seconds(entry, 'pwdMinAge') ?? 0,
      lockoutThreshold: entry.has('pwdLockout', 'TRUE') ? (entry.number('pwdMaxFailure') ?? 0) : 0,
      lockoutWindow: windowOf(entry, 'pwdFailureCountInterval'),
      lockoutMs: lockout === null || lockout === 0 ? null : lockout,
    };
  },
  historyOnResets: true,
};

/** In 389 Directory Server, the start of time means "at once" and "forever". */
const epoch = '19700101000000Z';

const directory389: LdapFlavour = {
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

const freeipa: LdapFlavour = {
  ...directory389,
  keyAttribute: 'ipaUniqueID',
  toKey: (value) => value.toLowerCase(),
  fromKey: (key) => key,
  accountFilter: '(objectClass=posixAccount)',
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
      history: entry.number('krbPwdHistoryLength'),
      minAge: seconds(entry, 'krbMinPwdLife'),
      lockoutThreshold: entry.number('krbPwdMaxFailure'),
      lockoutWindow: windowOf(entry, 'krbPwdFailureCountInterval'),
      lockoutMs: lockout === 0 ? null : (lockout ?? undefined),
    };
  },
};

/** Any other server. It offers only what a standard defines. */
const generic: LdapFlavour = {
  keyAttribute: 'entryUUID',
  toKey: (value) => value.toLowerCase(),
  fromKey: (key) => key,
  accountFilter: '(objectClass=person)',
  operational: [],
  feedAttributes: [],
  state: () => ({
    disabled: false,
    lockedSince: null,
    lockedUntil: null,
    mustChange: false,
    passwordSetAt: null,
    expiresAt: null,
  }),
  demandChange: null,
  demandNoChange: [],
  settleMs: 0,
  stayDisabled: [],
  unlock: null,
  setEnabled: null,
  policyAttribute: null,
  defaultPolicy: null,
  policyAttributes: [],
  policy: () => noPolicy,
  historyOnResets: 'not-on-this-server',
};

export const flavours: Readonly<Record<LdapPreset, LdapFlavour>> = {
  openldap,
  '389-ds': directory389,
  freeipa,
  generic,
};

/** The newer of two times in LDAP's notation. */
export const newerTime = (one: string, other: string | null): string =>
  (generalizedTime(other) ?? 0) > (generalizedTime(one) ?? 0)
    ? toGeneralizedTime(generalizedTime(other) ?? 0)
    : one;
