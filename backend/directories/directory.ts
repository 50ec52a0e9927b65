import type { Selectable } from 'kysely';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { Secret } from '../../shared/secret/secret.ts';
import type { AccountsTable } from '../store/tables.ts';
import type { Transaction } from '../store/store.ts';

/** What a directory is able to do; what it cannot is not offered. */
export interface DirectoryCapabilities {
  readonly temporaryPassword: boolean;
  readonly forceChange: boolean;
  readonly unlock: boolean;
  readonly endSessions: boolean;
  readonly resetLink: boolean;
  /** Keeps the password before a temporary one good until that is used. */
  readonly keepOldPassword: boolean;
}

/** An account as the store reads it. */
export type AccountRow = Selectable<AccountsTable>;

/** An account as its directory has it now. Instants in milliseconds. */
export interface DirectoryAccount {
  readonly account: AccountRow;
  readonly passwordSetAt: number | null;
  readonly mustChange: boolean;
  readonly temporaryUntil: number | null;
}

export interface TemporaryPassword {
  readonly accountId: string;
  /** argon2id, made outside the transaction. Directories that hash themselves take `password`. */
  readonly hash: string;
  readonly password: Secret;
  readonly validUntil: number;
  readonly resetId: string;
  /** The password before stays good until this one is used; sessions go on. */
  readonly keepOld?: boolean;
}

export interface TemporaryPasswordOutcome {
  readonly unlocked: boolean;
  readonly sessionsEnded: number;
}

/**
 * The port to a place where accounts and passwords live. `transactional` directories do their work inside the caller's
 * transaction, so that intent, reset and outcome are one commit; others are called between intent and outcome.
 */
export interface Directory {
  readonly kind: AccountsTable['directory'];
  readonly transactional: boolean;
  readonly capabilities: DirectoryCapabilities;
  /** Reads afresh; null when there is no such account any more. */
  get(accountId: string, tx?: Transaction): Promise<DirectoryAccount | null>;
  /** Sets it, forces the change at the next sign-in, unlocks and ends the user's sessions. */
  setTemporaryPassword(secret: TemporaryPassword, tx: Transaction): Promise<TemporaryPasswordOutcome>;
  /** Takes back a temporary password that nobody has replaced by an own one; answers the reset that set it, null when there is none. */
  withdrawTemporaryPassword(accountId: string, tx: Transaction): Promise<string | null>;
  /** Signs the user out everywhere; answers how many sessions that ended. */
  endSessions(accountId: string, tx: Transaction): Promise<number>;
  /** Takes a temporary password back that never reached its user; the one before is good again where it was kept. */
  dropTemporaryPassword(accountId: string, resetId: string, tx: Transaction): Promise<void>;
  /** Sets the user's own choice; adds to the history and ends all other sessions. */
  setOwnPassword(
    accountId: string,
    hash: string,
    tx: Transaction,
    keep: Pick<PolicyDocument['passwords'], 'history'>,
  ): Promise<void>;
}
