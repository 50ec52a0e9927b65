import type { Kysely } from 'kysely';
import type { Store, Transaction } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import type { Directory } from '../directory.ts';
import { dropTemporaryPassword, passwordToKeep, retireOldPassword } from './old-password.ts';

/** The longest password history that a policy can ask for. */
const maxHistory = 24;

/** Moves the current password, and a former one that was still valid, to the history. Keeps the newest `keep` entries. */
async function addToHistory(accountId: string, tx: Transaction, keep: number): Promise<void> {
  const current = await tx
    .selectFrom('account_credentials')
    .select(['password_hash', 'set_at', 'old_hash', 'old_set_at'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  // The account has no former password: this is its first one.
  if (!current) return;
  if (current.old_hash !== null) await retireOldPassword(tx, accountId, { endSessions: false });
  if (current.password_hash !== null) {
    await tx
      .insertInto('password_history')
      .values({ account_id: accountId, password_hash: current.password_hash, set_at: current.set_at })
      .execute();
  }
  await tx
    .deleteFrom('password_history')
    .where('account_id', '=', accountId)
    .where('id', 'not in', (query) =>
      query
        .selectFrom('password_history')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('id', 'desc')
        .limit(keep),
    )
    .execute();
}

/** Ends the account's sessions on the pages. Returns how many had not expired; `at` in milliseconds. */
async function endSessions(tx: Transaction, accountId: string, at: number): Promise<number> {
  const ended = await tx
    .deleteFrom('user_sessions')
    .where('account_id', '=', accountId)
    .returning('expires_at')
    .execute();
  return ended.filter((session) => session.expires_at > at).length;
}

/** The directory in the backend's own database: accounts come from imports, passwords are stored as Argon2id hashes. */
export function createBuiltInDirectory({ store, now }: { store: Store; now: () => number }): Directory {
  async function put(
    tx: Transaction,
    accountId: string,
    hash: string,
    temporary: { until: number; resetId: string } | null,
    kept: { hash: string; setAt: number } | null = null,
  ): Promise<void> {
    const values = {
      password_hash: hash,
      set_at: now(),
      must_change: temporary ? (1 as const) : (0 as const),
      temporary_until: temporary?.until ?? null,
      reset_id: temporary?.resetId ?? null,
      old_hash: kept?.hash ?? null,
      old_set_at: kept?.setAt ?? null,
    };
    await tx
      .insertInto('account_credentials')
      .values({ account_id: accountId, ...values })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
      .execute();
  }

  async function unlock(tx: Transaction, accountId: string): Promise<boolean> {
    const account = await tx
      .selectFrom('accounts')
      .select(['locked_since', 'failed_sign_ins'])
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    if (account.locked_since === null && account.failed_sign_ins === 0) return false;
    await tx
      .updateTable('accounts')
      .set({ locked_since: null, failed_sign_ins: 0, updated_at: now() })
      .where('id', '=', accountId)
      .execute();
    return account.locked_since !== null;
  }

  return {
    capabilitiesOf: () =>
      Promise.resolve({
        temporaryPassword: true,
        resetLink: true,
        keepOldPassword: true,
        accessPass: false,
        signInMethods: false,
        unlock: true,
        isOff: false,
      }),
    externalOf: () => Promise.resolve(null),
    unknownNameCourses: () => Promise.resolve([]),
    async get(accountId, tx) {
      const db: Kysely<Tables> = tx ?? store.db;
      // One statement: a reset reads its account twice, and each statement costs as much as its rows.
      const row = await db
        .selectFrom('accounts')
        .leftJoin('account_credentials', 'account_credentials.account_id', 'accounts.id')
        .selectAll('accounts')
        .select([
          'account_credentials.password_hash',
          'account_credentials.set_at',
          'account_credentials.must_change',
          'account_credentials.temporary_until',
        ])
        .where('accounts.id', '=', accountId)
        .executeTakeFirst();
      if (!row) return null;
      const {
        password_hash: hash,
        set_at: setAt,
        must_change: mustChange,
        temporary_until: until,
        ...account
      } = row;
      return {
        account,
        passwordSetAt: hash === null ? null : setAt,
        mustChange: mustChange === 1,
        temporaryUntil: until,
        lockEndsAt: null,
        lockedAt: null,
      };
    },
    async setTemporaryPassword({ accountId, hash, validUntil, resetId, keepOld = false }, tx) {
      const unlocked = await unlock(tx, accountId);
      const kept = keepOld ? await passwordToKeep(tx, accountId) : null;
      // A former password that stays valid moves to the history when it ends.
      if (kept === null) await addToHistory(accountId, tx, maxHistory);
      await put(tx, accountId, hash, { until: validUntil, resetId }, kept);
      return { unlocked, sessionsEnded: kept === null ? await endSessions(tx, accountId, now()) : 0 };
    },
    async withdrawTemporaryPassword(accountId, tx) {
      const temporary = await tx
        .selectFrom('account_credentials')
        .select('reset_id')
        .where('account_id', '=', accountId)
        .where('must_change', '=', 1)
        .where('password_hash', 'is not', null)
        .executeTakeFirst();
      if (temporary?.reset_id == null) return null;
      await dropTemporaryPassword(tx, accountId, temporary.reset_id);
      return temporary.reset_id;
    },
    unlock: (accountId, tx) => unlock(tx, accountId),
    endSessions: (accountId, tx) => endSessions(tx, accountId, now()),
    dropTemporaryPassword: (accountId, resetId, tx) => dropTemporaryPassword(tx, accountId, resetId),
    noteOwnPassword: () => Promise.resolve(),
    async setOwnPassword(accountId, hash, tx, keep) {
      await unlock(tx, accountId);
      await addToHistory(accountId, tx, Math.min(keep.history, maxHistory));
      await put(tx, accountId, hash, null);
      await endSessions(tx, accountId, now());
    },
  };
}
