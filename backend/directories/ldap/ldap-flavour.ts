import type { EffectivePolicy } from '../external/effective-policy.ts';
import type { Capability, ExternalAccount } from '../external/external-directory.ts';
import type { LdapChange } from './ldap-connection.ts';
import type { LdapEntry } from './ldap-entry.ts';

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
  /** Attributes of the account whose values a password must not contain, or no part of this length of them. */
  readonly refusedTexts?: { readonly attributes: readonly string[]; readonly partLength: number | null };
};

/** The rule of an attribute with a limit; none for 0, which stands for "unlimited", and without one. */
export const limitOf = <K extends string>(
  entry: LdapEntry,
  rule: K,
  ...attributes: readonly string[]
): Partial<Record<K, number>> => {
  const limits = attributes.map((attribute) => entry.number(attribute) ?? 0).filter((limit) => limit > 0);
  return limits.length === 0 ? {} : ({ [rule]: Math.min(...limits) } as Record<K, number>);
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
  /** Attributes of an account with which a policy compares its passwords. */
  readonly comparedAttributes: readonly string[];
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
  /** Whether the server may keep a log of changes in a tree of its own, as OpenLDAP's overlay accesslog does. */
  readonly hasAccessLog: boolean;
}

/** The milliseconds of an attribute in seconds; null without one. */
export const seconds = (entry: LdapEntry, attribute: string): number | null => {
  const value = entry.number(attribute);
  return value === null ? null : value * 1000;
};

/** A window in milliseconds; null for 0, which stands for "until a sign-in". */
export const windowOf = (entry: LdapEntry, attribute: string): number | null =>
  seconds(entry, attribute) || null;
