import type { Secret } from '../../../shared/secret/secret.ts';
import type { DirectoryFaultCode, DirectoryRight } from './directory-fault.ts';

/** An account as an external directory holds it at the moment of reading. Instants are milliseconds since 1970. */
export interface ExternalAccount {
  /**
   * The directory's stable id, which survives renaming and moving and is never reused: `objectGUID`, `entryUUID` or `nsUniqueId` as GUID text in
   * lower case, Keycloak's id, or the object id of Microsoft Entra ID.
   */
  readonly key: string;
  readonly userName: string;
  /** The user name where the directory has no display name. */
  readonly displayName: string;
  readonly email: string | null;
  /** As written in the directory, in the order of the configured attributes: the trusted one first. */
  readonly phones: readonly string[];
  readonly employeeNumber: string | null;
  readonly department: string | null;
  /** The key of the manager's account where it is within the same read, else what the attribute holds: a name or a DN. */
  readonly manager: string | null;
  /** The directory protects the account (`adminCount`), or it belongs, directly or nested, to a group or role that the settings name. */
  readonly isPrivileged: boolean;
  readonly disabled: boolean;
  /** When the account (not its password) expires; null for never. */
  readonly expiresAt: number | null;
  /** When sign-in was locked after wrong passwords; null while it is not locked. */
  readonly lockedSince: number | null;
  /** When the lock ends by itself; null while not locked, and where only an unlock ends it. */
  readonly lockedUntil: number | null;
  /** The server that locked it, where that is known. */
  readonly lockedAt: string | null;
  /** When the password was last set, by anyone; null for never, and where the directory does not say. Active Directory says null while `mustChange`. */
  readonly passwordSetAt: number | null;
  /** The next sign-in demands a new password. */
  readonly mustChange: boolean;
  /** The password is kept elsewhere, such as with an identity provider: a reset here has no effect. */
  readonly signsInElsewhere: boolean;
}

/** Why a directory cannot do something. */
export type CapabilityReason =
  /** This kind of directory has no such thing. */
  | 'not-in-this-kind'
  /** The server's configuration does not have it, for example an OpenLDAP without the ppolicy overlay. */
  | 'not-on-this-server'
  /** The settings of this directory do not switch it on, because it needs more than the delegated rights. */
  | 'not-configured'
  /** The directory does not apply its password history when an administrator sets a password. */
  | 'resets-skip-history';

export type Capability = true | CapabilityReason;

/** What a directory can do; for each either `true` or the reason why not. */
export interface ExternalCapabilities {
  /** Set a temporary password. */
  readonly temporaryPassword: Capability;
  /** Demand a new password at the next sign-in. */
  readonly forceChange: Capability;
  readonly unlock: Capability;
  /** Read since when, until when and where an account is locked. */
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
}

/** The password rules that hold for one account. Times in milliseconds; null for no such rule, and for each field named in `unreadable`. */
export interface EffectivePolicy {
  readonly minLength: number | null;
  /** Characters of several kinds are demanded. */
  readonly complexity: boolean | null;
  /** How many former passwords are refused. */
  readonly history: number | null;
  readonly minAge: number | null;
  /** Wrong passwords until the account is locked; 0 for never. */
  readonly lockoutThreshold: number | null;
  /** Where the rules come from. `pso` is a password settings object of Active Directory. */
  readonly from: 'domain' | 'pso' | 'ppolicy' | 'realm' | 'tenant';
  /** The fields that the service account may not read, or that the directory writes in a form of its own. */
  readonly unreadable: readonly (keyof Omit<EffectivePolicy, 'from' | 'unreadable'>)[];
}

/** A server's certificate, trusted or not, for an administrator to compare. */
export interface ServerCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Milliseconds. */
  readonly validUntil: number;
  /** SHA-256 in hex with colons. */
  readonly fingerprint: string;
  readonly pem: string;
}

/** The steps of checking a connection, in this order; those after the first that failed are `not-tried`. */
export const connectionSteps = ['connect', 'certificate', 'bind', 'read-base', 'rights'] as const;
export type ConnectionStep = (typeof connectionSteps)[number];

export interface ConnectionReport {
  /** One report for each configured or found server. */
  readonly servers: readonly {
    /** As `host:port`. */
    readonly server: string;
    readonly steps: readonly {
      readonly step: ConnectionStep;
      readonly outcome: 'passed' | 'failed' | 'not-tried';
      readonly fault: DirectoryFaultCode | null;
    }[];
    readonly certificate: ServerCertificate | null;
    /** What the service account may not do. Empty where the directory does not tell (see `rightsUnknown`). */
    readonly missingRights: readonly DirectoryRight[];
    /** Rights that the directory tells only when they are used. */
    readonly unknownRights: readonly DirectoryRight[];
    /** Milliseconds by which the server's clock is ahead of this one's; null where it does not tell. */
    readonly clockAhead: number | null;
  }[];
  /** One account within the scope as the settings' attributes read it, for a preview; null where none was read. */
  readonly sample: ExternalAccount | null;
}

/** Accounts that changed since a cursor. */
export interface DirectoryChanges {
  readonly accounts: readonly ExternalAccount[];
  /** Deleted, or moved out of the scope. May name keys that were never within it. */
  readonly goneKeys: readonly string[];
  /** Where the next call begins. Opaque; at most 4,000 characters. */
  readonly cursor: string;
  /** Whether the next call would have more at once. */
  readonly more: boolean;
}

/**
 * A directory outside the backend's database. Every method throws {@link DirectoryFault}, or the reason of its signal, and nothing else. Reads try the directory's servers in turn;
 * a write is tried at one server, and the reads that prepare and follow it go to the same one. A write whose answer was lost throws `outcome-unknown`
 * and is never repeated by the adapter. Methods that name a key find it within the configured scope alone, else they throw `account-gone`.
 */
export interface ExternalDirectory {
  readonly kind: 'active-directory' | 'ldap' | 'keycloak' | 'entra';
  /** What is known from the kind and the settings; more exact after the first connection. */
  readonly capabilities: ExternalCapabilities;
  /** Checks each server step by step, without a write. Never throws for what it reports. */
  check(): Promise<ConnectionReport>;
  /** Null when the account does not exist within the scope. */
  read(key: string): Promise<ExternalAccount | null>;
  /**
   * Sets the password and demands a new one at the next sign-in, in the same write (in two with 389 Directory Server). The account stays disabled if it was;
   * some servers unlock it, none reliably: unlock it apart. `passwordSetAt` is read from the same server
   * afterwards, and null where the directory does not tell it.
   */
  setTemporaryPassword(key: string, password: Secret): Promise<{ readonly passwordSetAt: number | null }>;
  /** Sets a password that the user chose, with the service account's rights; the next sign-in demands no change. */
  setOwnPassword(key: string, password: Secret): Promise<{ readonly passwordSetAt: number | null }>;
  /** Changes the password as the user, so that the directory enforces its policy and history. Throws `current-password-wrong` or `password-refused`. */
  changePassword(key: string, current: Secret, next: Secret): Promise<void>;
  /**
   * Replaces a temporary password by one that is unknown to all, if it is still the one that was set at `setAt` (the `passwordSetAt` that the write
   * answered); demands a new one at the next sign-in. Where that is null, it counts as still the same while a change is demanded.
   */
  replaceByUnknown(key: string, setAt: number | null): Promise<'replaced' | 'changed-since'>;
  unlock(key: string): Promise<void>;
  setEnabled(key: string, enabled: boolean): Promise<void>;
  endSessions(key: string): Promise<void>;
  /** Tries to sign in. `not-now` is a restriction of time or computer. A wrong password counts for the directory's lockout. */
  verifyPassword(
    key: string,
    password: Secret,
  ): Promise<'right' | 'wrong' | 'must-change' | 'expired' | 'locked' | 'disabled' | 'not-now'>;
  /**
   * Takes as many calls as {@link verifyPassword} does for the account `likeKey` and a wrong password, and tries the password for a name that does not
   * exist: so that the time of a refused sign-in, and what a silent server makes of it, tell nobody which names exist. Counts for no account's lockout.
   */
  verifyNobody(likeKey: string, password: Secret): Promise<void>;
  effectivePolicy(key: string): Promise<EffectivePolicy>;
  /** All accounts within the scope, in pages of at most 1,000. Take a cursor before it, so that changes during it are not missed. */
  readAll(signal: AbortSignal): AsyncIterable<readonly ExternalAccount[]>;
  /** The keys of all accounts within the scope, in pages; much cheaper than `readAll`. Tells which accounts are gone. */
  readKeys(signal: AbortSignal): AsyncIterable<readonly string[]>;
  /** `null` answers a cursor for this moment, and no accounts. An account may be named again though it did not change. */
  changesSince(cursor: string | null, signal: AbortSignal): Promise<DirectoryChanges>;
  /** Closes all connections. Later calls throw `unreachable`. */
  close(): Promise<void>;
}

/** The calls that change an account in its directory. */
export type DirectoryWrites = Pick<
  ExternalDirectory,
  | 'setTemporaryPassword'
  | 'setOwnPassword'
  | 'changePassword'
  | 'replaceByUnknown'
  | 'unlock'
  | 'setEnabled'
  | 'endSessions'
>;
