import type { SignInMethodKind } from '../../../shared/api/sign-in-methods.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { ConnectionReport } from './connection-report.ts';
import type { ContactTimes } from './contact-times.ts';
import type { EffectivePolicy } from './effective-policy.ts';
import type { AccountsPage, InterruptedRead } from './read-pages.ts';

/** An account in an external directory at the moment of reading. Instants are milliseconds since 1970. */
export interface ExternalAccount {
  /**
   * The directory's stable id, which survives renaming and moving and is never reused: `objectGUID`, `entryUUID` or `nsUniqueId` as GUID text in
   * lower case, Keycloak's id, or the object id of Microsoft Entra ID.
   */
  readonly key: string;
  readonly userName: string;
  /** The user name if the directory has no display name. */
  readonly displayName: string;
  readonly email: string | null;
  /** As written in the directory, in the order of the configured attributes: the most trusted first. */
  readonly phones: readonly string[];
  readonly employeeNumber: string | null;
  readonly department: string | null;
  /** The key of the manager's account if the same read contains it. Otherwise the attribute's value: a name or a DN. */
  readonly manager: string | null;
  /** The directory protects the account (`adminCount`), or it belongs, directly or through nesting, to a group or role in the settings. */
  readonly isPrivileged: boolean;
  readonly disabled: boolean;
  /** When the account (not its password) expires; null for never. */
  readonly expiresAt: number | null;
  /** When sign-in was locked after wrong passwords; null while it is not locked. */
  readonly lockedSince: number | null;
  /** When the lock ends by itself; null while not locked, and if only an unlock ends it. */
  readonly lockedUntil: number | null;
  /** The server that locked the account, if it is known. */
  readonly lockedAt: string | null;
  /** When the password was last set; null for never, and if the directory does not report it. Active Directory reports nothing while `mustChange`. */
  readonly passwordSetAt: number | null;
  /** The next sign-in demands a new password. */
  readonly mustChange: boolean;
  /** Another system keeps the password, such as an identity provider, so a reset here has no effect. */
  readonly signsInElsewhere: boolean;
  /** When the account was created, by the directory's clock; null if it does not tell. */
  readonly createdAt: number | null;
  readonly contactSetAt: ContactTimes;
}

/**
 * An account as one read for a write returns it. Its manager, its privileges and the age of its contact data may need further reads, and no
 * write depends on them.
 */
export type AccountForWrite = Omit<ExternalAccount, 'contactSetAt' | 'isPrivileged' | 'manager'>;

/** Why a directory cannot do something. */
export type CapabilityReason =
  /** This kind of directory does not have the feature. */
  | 'not-in-this-kind'
  /** The server is not configured for it, for example an OpenLDAP without the ppolicy overlay. */
  | 'not-on-this-server'
  /** The settings of this directory do not turn it on, because it needs more than the delegated rights. */
  | 'not-configured'
  /** The directory does not apply its password history when an administrator sets a password. */
  | 'resets-skip-history'
  /** The directory could do it, but Reset Desk does not. */
  | 'not-by-reset-desk';

export type Capability = true | CapabilityReason;

/** What a directory can do; for each either `true` or the reason why not. */
export interface ExternalCapabilities {
  /** Set a temporary password. */
  readonly temporaryPassword: Capability;
  /** Demand a new password at the next sign-in. */
  readonly forceChange: Capability;
  readonly unlock: Capability;
  /** Read the start, end and place of an account's lock. */
  readonly lockState: Capability;
  readonly endSessions: Capability;
  /** Enable and disable accounts. */
  readonly enable: Capability;
  /** Change a password as its user, with policy and history enforced. */
  readonly ownChange: Capability;
  readonly verifyPassword: Capability;
  /** Passwords that the service account sets are compared with the history. */
  readonly historyOnResets: Capability;
  readonly readPolicy: Capability;
  /** Keep the former password valid until the temporary one is used. */
  readonly keepOldPassword: Capability;
  /** Let a temporary password expire without the backend. */
  readonly temporaryExpires: Capability;
  readonly writeContact: Capability;
  /** Issue a one-time pass instead of a password. */
  readonly accessPass: Capability;
  /** Read and remove the ways in which a user signs in besides the password. */
  readonly signInMethods: Capability;
}

/** When a directory locks an account after wrong passwords. */
export interface LockoutRules {
  /** Wrong passwords until the account is locked; 0 for never, null if the service account cannot read it. */
  readonly threshold: number | null;
  /** Milliseconds for which a wrong password counts; null if only a sign-in ends that, or if this is unknown. */
  readonly window: number | null;
}

/** Accounts that changed since a cursor. */
export interface DirectoryChanges {
  readonly accounts: readonly ExternalAccount[];
  /** Accounts that were deleted or moved out of the scope. May contain keys that were never within it. */
  readonly goneKeys: readonly string[];
  /**
   * All keys within the scope, if this call compared them. They show accounts that vanished before the backend started as well. Accounts that the
   * index got from this call or earlier ones are among them, unless they are gone.
   */
  readonly presentKeys?: ReadonlySet<string>;
  /** The position for the next call. Opaque; at most 4,000 characters. */
  readonly cursor: string;
  /** Whether more changes are available at once. */
  readonly more: boolean;
  /** Whether the directory no longer knows the cursor, so that all accounts must be read. The other values are empty then. */
  readonly isLost?: boolean;
}

/** What a directory tells of the last change of a password, to settle a write whose answer was lost. */
export interface PasswordTrace {
  /** The server that told it; null if its name stands for several that may differ. */
  readonly server: string | null;
  /** By the directory's clock. */
  readonly passwordSetAt: number | null;
  readonly mustChange: boolean;
  /** Whether the service account made the change; null if the directory does not report it. */
  readonly isOwn: boolean | null;
  /** Milliseconds by which the directory's clock is ahead of this one's, as measured for this answer; null if it does not report its time. */
  readonly clockAhead: number | null;
}

/** A reset of one account, which was read for it once. */
export interface PreparedReset {
  readonly account: AccountForWrite;
  /** The server that was read, which the writes are sent to. */
  readonly server: string;
  /** May be up to a minute old. */
  readonly policy: EffectivePolicy;
  /**
   * Sets the password and demands a new one at the next sign-in, in the same write (in two with 389 Directory Server). A disabled account stays
   * disabled. Some servers unlock the account, none reliably, so unlock it separately. An account that was moved or removed since the preparation
   * throws `account-gone`. `passwordSetAt` is read from the same server afterwards, and is null if the directory does not report it.
   */
  setTemporaryPassword(password: Secret): Promise<{ readonly passwordSetAt: number | null }>;
  unlock(): Promise<void>;
  endSessions(): Promise<void>;
}

/** One-time passes, which replace a password for one sign-in. */
export interface AccessPasses {
  /**
   * Issues a pass that signs the user in once within `validFor` milliseconds, instead of the password and a second factor. The password remains
   * valid. The new pass replaces an earlier one. If the answer is lost, the pass is unknown and another one must be issued.
   */
  issue(key: string, validFor: number): Promise<Secret>;
  /** Invalidates an unused pass. */
  withdraw(key: string): Promise<void>;
}

/** A way in which a user signs in, or proves their identity, besides the password. */
export interface SignInMethod {
  readonly id: string;
  readonly kind: SignInMethodKind;
  /** The name of a device, or a number or address as written in the directory; null if there is none. */
  readonly label: string | null;
  /** Milliseconds; null if the directory does not say. */
  readonly addedAt: number | null;
}

/** The sign-in methods that a directory keeps for its users. */
export interface SignInMethods {
  list(key: string): Promise<readonly SignInMethod[]>;
  /** Removes a method that was listed. One that is gone since counts as removed. Throws `not-possible` for a method that the directory keeps. */
  remove(key: string, methodId: string): Promise<void>;
}

/**
 * A directory outside the backend's database. Every method throws {@link DirectoryFault} or the reason of its signal, and nothing else. Reads try the
 * directory's servers in turn. A write is tried at one server, and the reads that prepare and follow it use the same one. A write whose answer was
 * lost throws `outcome-unknown` and is never repeated by the adapter. Methods with a key find it within the configured scope only, and otherwise
 * throw `account-gone`.
 */
export interface ExternalDirectory {
  readonly kind: 'active-directory' | 'ldap' | 'keycloak' | 'entra';
  /** What the kind and the settings imply; more precise after the first connection. */
  readonly capabilities: ExternalCapabilities;
  /** Present if `accessPass` is true. */
  readonly accessPasses?: AccessPasses;
  /** Present if `signInMethods` is true. */
  readonly signInMethods?: SignInMethods;

  /** Checks each server step by step, without a write. Never throws: the report contains the faults. */
  check(): Promise<ConnectionReport>;
  /** Null when the account does not exist within the scope. */
  read(key: string): Promise<ExternalAccount | null>;
  passwordTrace(key: string): Promise<PasswordTrace>;
  /** Reads the account for a reset that follows at once, with the rules for its password. */
  prepareReset(key: string): Promise<PreparedReset>;
  /** Sets a password that the user chose, with the service account's rights. The next sign-in demands no change. */
  setOwnPassword(key: string, password: Secret): Promise<{ readonly passwordSetAt: number | null }>;
  /** Changes the password as the user, so that the directory enforces its policy and history. Throws `current-password-wrong` or `password-refused`. */
  changePassword(key: string, current: Secret, next: Secret): Promise<void>;
  /**
   * Replaces a temporary password by an unknown one, if it is still the one that was set at `setAt` (the `passwordSetAt` that the write returned),
   * and demands a new one at the next sign-in. If one of the times is unknown, the password counts as unchanged while a change is demanded. If the
   * directory does not report that either, the password may be the user's own and is not replaced: `unchecked`.
   */
  replaceByUnknown(key: string, setAt: number | null): Promise<'replaced' | 'changed-since' | 'unchecked'>;
  unlock(key: string): Promise<void>;
  setEnabled(key: string, enabled: boolean): Promise<void>;
  endSessions(key: string): Promise<void>;
  /** Tries to sign in. `not-now` is a restriction of time or computer. A wrong password counts towards the directory's lockout. */
  verifyPassword(
    key: string,
    password: Secret,
  ): Promise<'right' | 'wrong' | 'must-change' | 'expired' | 'locked' | 'disabled' | 'not-now'>;
  /**
   * Makes as many calls as {@link verifyPassword} does for the account `likeKey` and a wrong password, but tries the password for a name that does
   * not exist. The time of a refused sign-in and the effect of a silent server thus reveal nothing about which names exist. Counts towards no
   * account's lockout.
   */
  verifyUnknownName(likeKey: string, password: Secret): Promise<void>;
  /**
   * The given groups (distinguished names) that the account belongs to, directly or through nested groups, as they are now. Absent where groups have no
   * such names.
   */
  readonly groupsOf?: (key: string, groups: readonly string[]) => Promise<readonly string[]>;
  /** When the directory locks the account; may be a minute old. Present together with {@link groupsOf}. */
  readonly lockoutOf?: (key: string) => Promise<LockoutRules>;
  /**
   * All accounts within the scope, in pages of at most 1,000. Take a cursor before it, so that changes during it are not missed. After an interrupted
   * read, those that it has not read, and possibly some more.
   */
  readAll(signal: AbortSignal, after?: InterruptedRead): AsyncIterable<AccountsPage>;
  /** The keys of all accounts within the scope, in pages; much cheaper than `readAll`. Shows which accounts are gone. */
  readKeys(signal: AbortSignal): AsyncIterable<readonly string[]>;
  /** With `null`, returns a cursor for this moment and no accounts. The result may contain an account that did not change. */
  changesSince(cursor: string | null, signal: AbortSignal): Promise<DirectoryChanges>;
  /** Closes all connections. Later calls throw `unreachable`. */
  close(): Promise<void>;
}

/** The calls that change an account in its directory, or prepare a change. */
export type DirectoryWrites = Pick<
  ExternalDirectory,
  | 'prepareReset'
  | 'setOwnPassword'
  | 'changePassword'
  | 'replaceByUnknown'
  | 'unlock'
  | 'setEnabled'
  | 'endSessions'
>;
