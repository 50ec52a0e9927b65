import type { Selectable } from 'kysely';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { Secret } from '../../shared/secret/secret.ts';
import type { AccountsTable } from '../store/tables.ts';
import type { Transaction } from '../store/store.ts';
import type { ConfiguredDirectory } from './external/configured-directory.ts';

/** What a directory can do. The console does not offer other actions. */
export interface DirectoryCapabilities {
  readonly temporaryPassword: boolean;
  readonly resetLink: boolean;
  /** Keeps the former password valid until the temporary one is used. */
  readonly keepOldPassword: boolean;
  /** Ends a lock after wrong passwords, without a new password. */
  readonly unlock: boolean;
  /** Whether the directory can issue a one-time pass instead of a password. */
  readonly accessPass: boolean;
  /** Whether the directory keeps sign-in methods that can be removed. */
  readonly signInMethods: boolean;
  /** An administrator has switched the directory off, or removed it, so that it can do nothing. */
  readonly isOff: boolean;
}

/** A row of `accounts` as the store reads it. */
export type AccountRow = Selectable<AccountsTable>;

/** An account as its directory holds it now. Instants in milliseconds. */
export interface DirectoryAccount {
  readonly account: AccountRow;
  readonly passwordSetAt: number | null;
  readonly mustChange: boolean;
  readonly temporaryUntil: number | null;
  /** When an external directory ends the account's lock; null if it does not end it, and for the built-in directory. */
  readonly lockEndsAt: number | null;
  /** The server of an external directory that locked the account, if it is known. */
  readonly lockedAt: string | null;
}

export interface TemporaryPassword {
  readonly accountId: string;
  /** Argon2id, computed outside the transaction. A directory that hashes passwords itself takes `password`. */
  readonly hash: string;
  readonly password: Secret;
  readonly validUntil: number;
  readonly resetId: string;
  /** Keeps the former password valid until this one is used, and keeps the user's sessions open. */
  readonly keepOld?: boolean;
}

export interface TemporaryPasswordOutcome {
  readonly unlocked: boolean;
  readonly sessionsEnded: number;
}

/**
 * The port to the places where accounts and passwords are stored. Every method with a transaction works inside it. For the built-in directory,
 * intent, reset and outcome are one commit. An external directory is called between two commits: the methods with a transaction queue the changes for
 * it.
 */
export interface Directory {
  /** What the directory of this account can do. */
  capabilitiesOf(account: Pick<AccountRow, 'directory_id'>, tx?: Transaction): Promise<DirectoryCapabilities>;
  /** The external directory of the account; null for the built-in one. Throws `directory.off` and `directory.not-found`. */
  externalOf(account: Pick<AccountRow, 'directory_id'>): Promise<ConfiguredDirectory | null>;
  /**
   * For a name that no account has: an account of each external directory whose course a refused sign-in takes; none for that of the built-in one. They
   * are always the same for the name. `key` is the account's key in its directory.
   */
  unknownNameCourses(
    name: string,
  ): Promise<readonly { readonly directory_id: string; readonly key: string }[]>;
  /** Reads the account as it is now; null when it no longer exists. */
  get(accountId: string, tx?: Transaction): Promise<DirectoryAccount | null>;
  /** For the built-in directory: sets the password, requires a new one at the next sign-in, unlocks the account and ends the user's sessions. */
  setTemporaryPassword(secret: TemporaryPassword, tx: Transaction): Promise<TemporaryPasswordOutcome>;
  /** Revokes a temporary password that the user has not replaced yet. Returns the reset that set it; null when there is no such password. */
  withdrawTemporaryPassword(accountId: string, tx: Transaction): Promise<string | null>;
  /** For the built-in directory: ends the account's lock. Returns whether it was locked. */
  unlock(accountId: string, tx: Transaction): Promise<boolean>;
  /** Ends all sessions of the user; returns how many were open. */
  endSessions(accountId: string, tx: Transaction): Promise<number>;
  /** Revokes a temporary password that was not delivered. Restores the former one if it was kept. */
  dropTemporaryPassword(accountId: string, resetId: string, tx: Transaction): Promise<void>;
  /** For external directories: records that the user has set a password there, at `setAt` by the directory's clock. Ends all sessions. */
  noteOwnPassword(accountId: string, setAt: number | null, tx: Transaction): Promise<void>;
  /** For the built-in directory: sets a password that the user chose, adds the former one to the history and ends all sessions. */
  setOwnPassword(
    accountId: string,
    hash: string,
    tx: Transaction,
    keep: Pick<PolicyDocument['passwords'], 'history'>,
  ): Promise<void>;
}
