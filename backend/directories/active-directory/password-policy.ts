import type { PasswordRefusal } from '../external/directory-fault.ts';
import { unreadIn, type EffectivePolicy, type PolicyValues } from '../external/effective-policy.ts';
import type { LockoutRules } from '../external/external-directory.ts';
import { createPolicyMemory } from '../external/policy-memory.ts';
import type { LdapConnection } from '../ldap/ldap-connection.ts';
import type { LdapEntry } from '../ldap/ldap-entry.ts';
import { windowsInterval } from './account-of-entry.ts';

/** DOMAIN_PASSWORD_COMPLEX, a bit of `pwdProperties`. */
const complexBit = 1;

const domainAttributes = [
  'minPwdLength',
  'pwdProperties',
  'pwdHistoryLength',
  'minPwdAge',
  'lockoutThreshold',
  'lockoutDuration',
  'lockOutObservationWindow',
];
const settingsAttributes = [
  'msDS-MinimumPasswordLength',
  'msDS-PasswordComplexityEnabled',
  'msDS-PasswordHistoryLength',
  'msDS-MinimumPasswordAge',
  'msDS-LockoutThreshold',
  'msDS-LockoutDuration',
  'msDS-LockoutObservationWindow',
];

export interface AccountPolicy {
  readonly rules: EffectivePolicy;
  readonly lockout: LockoutRules;
  /** The duration of a lock in milliseconds; null if only an unlock ends it, undefined if unknown. */
  readonly lockoutMs: number | null | undefined;
}

const intervalOf = (entry: LdapEntry, attribute: string): number | null | undefined =>
  entry.text(attribute) === null ? undefined : windowsInterval(entry.text(attribute));

function policyOf(
  values: PolicyValues,
  from: 'domain' | 'pso',
  lockoutMs: number | null | undefined,
  window: number | null | undefined,
): AccountPolicy {
  return {
    rules: { ...values, characters: {}, unchecked: [], from, unreadable: unreadIn(values) },
    lockout: { threshold: values.lockoutThreshold, window: window ?? null },
    lockoutMs,
  };
}

/** The policy of the domain. */
export async function readDomainPolicy(connection: LdapConnection, domainDn: string): Promise<AccountPolicy> {
  const [domain] = await connection.search({
    base: domainDn,
    scope: 'base',
    filter: '(objectClass=*)',
    attributes: domainAttributes,
  });
  const properties = domain?.number('pwdProperties') ?? null;
  const minAge = domain === undefined ? undefined : intervalOf(domain, 'minPwdAge');
  return policyOf(
    {
      minLength: domain?.number('minPwdLength') ?? null,
      complexity: properties === null ? null : (properties & complexBit) !== 0,
      history: domain?.number('pwdHistoryLength') ?? null,
      minAge: minAge ?? null,
      lockoutThreshold: domain?.number('lockoutThreshold') ?? null,
    },
    'domain',
    domain === undefined ? undefined : intervalOf(domain, 'lockoutDuration'),
    domain === undefined ? undefined : intervalOf(domain, 'lockOutObservationWindow'),
  );
}

/** The policy of a password settings object, whose values many service accounts may not read. */
async function readSettingsObject(connection: LdapConnection, settingsDn: string): Promise<AccountPolicy> {
  const [settings] = await connection.search({
    base: settingsDn,
    scope: 'base',
    filter: '(objectClass=*)',
    attributes: settingsAttributes,
  });
  const complexity = settings?.text('msDS-PasswordComplexityEnabled') ?? null;
  return policyOf(
    {
      minLength: settings?.number('msDS-MinimumPasswordLength') ?? null,
      complexity: complexity === null ? null : complexity === 'TRUE',
      history: settings?.number('msDS-PasswordHistoryLength') ?? null,
      minAge: (settings === undefined ? undefined : intervalOf(settings, 'msDS-MinimumPasswordAge')) ?? null,
      lockoutThreshold: settings?.number('msDS-LockoutThreshold') ?? null,
    },
    'pso',
    settings === undefined ? undefined : intervalOf(settings, 'msDS-LockoutDuration'),
    settings === undefined ? undefined : intervalOf(settings, 'msDS-LockoutObservationWindow'),
  );
}

/** Names the password settings object of an account. */
export const policyAttribute = 'msDS-ResultantPSO';

/** Where the policy of an account is. */
export interface PolicyPlace {
  readonly domainDn: string;
  /** The account's password settings object; null for the domain's policy. */
  readonly settingsDn: string | null;
}

/** Reads the policies of accounts. Policies change seldom, so one may be a minute old. */
export function createAccountPolicies(now: () => number) {
  const policies = createPolicyMemory<AccountPolicy>(now);
  return (connection: LdapConnection, { domainDn, settingsDn }: PolicyPlace): Promise<AccountPolicy> =>
    policies.of(settingsDn ?? domainDn, () =>
      settingsDn === null
        ? readDomainPolicy(connection, domainDn)
        : readSettingsObject(connection, settingsDn),
    );
}

/**
 * What a complex password must not contain: the user name, and the parts of the display name, if they have at least three characters. A policy that cannot
 * be read may require it.
 */
export function namesRefused(userName: string | null, displayName: string | null): readonly string[] {
  const parts = (displayName ?? '').split(/[,.\-_ #\t]+/);
  return [userName ?? '', ...parts].filter((text) => text.length >= 3);
}

/** Kinds of characters. A complex password has three of them. */
const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u, /\p{Lo}/u];

/**
 * The probable reason why a password was refused. Active Directory uses one number for all reasons, so this checks the rules that can be checked
 * here. A password that satisfies them was used before or changed too early.
 */
export function likelyRefusal(
  password: string,
  {
    userName,
    policy,
    passwordSetAt,
    checksHistory,
    now,
  }: {
    readonly userName: string;
    readonly policy: EffectivePolicy;
    readonly passwordSetAt: number | null;
    /** Whether the history and the minimum age apply to this write. */
    readonly checksHistory: boolean;
    readonly now: number;
  },
): PasswordRefusal {
  if (policy.minLength !== null && password.length < policy.minLength) return 'too-short';
  const isSimple =
    kinds.filter((kind) => kind.test(password)).length < 3 ||
    (userName.length >= 3 && password.toLowerCase().includes(userName.toLowerCase()));
  if (policy.complexity === true && isSimple) return 'not-complex';
  if (!checksHistory) return 'other';
  if (
    policy.minAge !== null &&
    policy.minAge > 0 &&
    passwordSetAt !== null &&
    now < passwordSetAt + policy.minAge
  )
    return 'too-soon';
  return policy.history !== null && policy.history > 0 ? 'used-before' : 'other';
}
