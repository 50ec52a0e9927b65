import type { Control } from 'ldapts';
import type { LdapAttributes } from '../../../shared/api/directory-settings.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import { describeEntry } from '../ldap/described-entry.ts';
import { generalizedTime, guidText, type LdapEntry } from '../ldap/ldap-entry.ts';
import { contactTimes } from './contact-times.ts';
import { extendedName } from './extended-names.ts';
import { compactMetadata, lastWrite } from './replication-metadata.ts';

/** Reads accounts at one controller. */
export interface AccountReader {
  readonly accountOf: (entry: LdapEntry) => ExternalAccount | null;
  readonly filter: string;
  readonly controls: readonly Control[];
}

/** Normal user accounts: neither computers nor trusts. */
export const userFilter = '(sAMAccountType=805306368)';

/** Bits of `userAccountControl`. */
export const accountDisabled = 0x2;
const passwordNeverExpires = 0x1_0000;
/** A bit of `msDS-User-Account-Control-Computed`. */
const lockedOut = 0x10;
const never = 9_223_372_036_854_775_807n;
/** 100 nanoseconds from 1601 to 1970. */
const epoch = 116_444_736_000_000_000n;

/** Milliseconds of a Windows time; null for 0 and "never". */
export function windowsTime(text: string | null): number | null {
  if (text === null || !/^\d+$/.test(text)) return null;
  const ticks = BigInt(text);
  return ticks === 0n || ticks >= never ? null : Number((ticks - epoch) / 10_000n);
}

/** Milliseconds of a Windows interval, which is negative; null for none and for "forever". */
export function windowsInterval(text: string | null): number | null {
  if (text === null || !/^-?\d+$/.test(text)) return null;
  const ticks = BigInt(text);
  return ticks <= -never ? null : Number(-ticks / 10_000n);
}

/** The attributes for an account's state, in addition to those of the settings. */
export const stateAttributes = [
  'objectGUID',
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'accountExpires',
  'lockoutTime',
  'pwdLastSet',
  'adminCount',
  'memberOf',
  'primaryGroupID',
  'whenCreated',
  'whenChanged',
  compactMetadata,
];

/** The attributes that must not be read as text. */
export const binaryAttributes = ['objectGUID', compactMetadata];

export interface EntryContext {
  readonly attributes: LdapAttributes;
  /**
   * Milliseconds for which the domain or the account's password settings lock an account; null if only an unlock ends the lock, undefined if unknown.
   */
  readonly lockoutMs: number | null | undefined;
  readonly isInPrivilegedGroup: (entry: LdapEntry) => boolean;
  readonly now: number;
}

/** Whether the account is locked now, and the start and end of the lock. */
function lockOf(entry: LdapEntry, { lockoutMs, now }: EntryContext) {
  const since = windowsTime(entry.text('lockoutTime'));
  if (since === null) return { lockedSince: null, lockedUntil: null };
  const computed = entry.number('msDS-User-Account-Control-Computed');
  const until = typeof lockoutMs === 'number' && lockoutMs > 0 ? since + lockoutMs : null;
  const isLocked = computed === null ? until === null || until > now : (computed & lockedOut) !== 0;
  return isLocked ? { lockedSince: since, lockedUntil: until } : { lockedSince: null, lockedUntil: null };
}

/** When the password was set; null if the entry does not tell. `pwdLastSet` is 0 while a change is demanded; then only the replication metadata tells. */
export const passwordDate = (entry: LdapEntry): number | null =>
  windowsTime(entry.text('pwdLastSet')) ?? lastWrite(entry, 'unicodePwd')?.at ?? null;

/** The account of an entry that was read with {@link stateAttributes}; null if the entry lacks a key. */
export function accountOfEntry(entry: LdapEntry, context: EntryContext): ExternalAccount | null {
  const guid = entry.bytes('objectGUID');
  if (guid?.length !== 16) return null;
  const { managerText, ...texts } = describeEntry(entry, context.attributes);
  const control = entry.number('userAccountControl') ?? 0;
  const isPasswordKept = (control & passwordNeverExpires) !== 0;
  const manager = managerText === null ? null : extendedName(managerText);
  return {
    key: guidText(guid),
    ...texts,
    manager: manager === null ? null : (manager.key ?? manager.dn),
    isPrivileged: entry.number('adminCount') === 1 || context.isInPrivilegedGroup(entry),
    disabled: (control & accountDisabled) !== 0,
    expiresAt: windowsTime(entry.text('accountExpires')),
    ...lockOf(entry, context),
    lockedAt: null,
    passwordSetAt: passwordDate(entry),
    // Accounts whose password never expires sign in with a temporary password as with any other.
    mustChange: entry.text('pwdLastSet') === '0' && !isPasswordKept,
    signsInElsewhere: false,
    createdAt: generalizedTime(entry.text('whenCreated')),
    contactSetAt: contactTimes(entry, context.attributes),
  };
}
