import type { Kysely } from 'kysely';
import type { Store, Transaction } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { Refusal } from '../../refusal.ts';
import type { Directory } from '../directory.ts';
import { dropExpiry, queueTask, type TaskReason } from './directory-tasks.ts';

/** The part of the port that works in a transaction. */
type InTransaction = Pick<
  Directory,
  | 'get'
  | 'withdrawTemporaryPassword'
  | 'endSessions'
  | 'dropTemporaryPassword'
  | 'noteOwnPassword'
  | 'setOwnPassword'
>;

const recordOf = (db: Kysely<Tables>, accountId: string) =>
  db.selectFrom('directory_accounts').selectAll().where('account_id', '=', accountId).executeTakeFirst();

/** The account with what is recorded about its password elsewhere; null if there is none. */
async function readAccount(db: Kysely<Tables>, accountId: string): ReturnType<InTransaction['get']> {
  const row = await db
    .selectFrom('accounts')
    .leftJoin('directory_accounts', 'directory_accounts.account_id', 'accounts.id')
    .selectAll('accounts')
    .select([
      'directory_accounts.password_set_at',
      'directory_accounts.must_change',
      'directory_accounts.temporary_until',
      'directory_accounts.locked_until',
      'directory_accounts.locked_at',
    ])
    .where('accounts.id', '=', accountId)
    .executeTakeFirst();
  if (!row) return null;
  const {
    password_set_at: setAt,
    must_change: mustChange,
    temporary_until: until,
    locked_until: lockEndsAt,
    locked_at: lockedAt,
    ...account
  } = row;
  return {
    account,
    passwordSetAt: setAt,
    mustChange: mustChange === 1,
    temporaryUntil: until,
    lockEndsAt,
    lockedAt,
  };
}

/**
 * This database's records of accounts whose password another system keeps. Changes in their directory are queued in the transaction and made after
 * it.
 */
export function createExternalRecords({
  store,
  now,
}: {
  readonly store: Store;
  readonly now: () => number;
}): InTransaction {
  /** Queues the replacement of the temporary password that this backend set last, if it belongs to the given reset. Returns the reset. */
  const replace = async (
    tx: Transaction,
    accountId: string,
    reason: TaskReason,
    ofReset?: string,
  ): Promise<string | null> => {
    const record = await recordOf(tx, accountId);
    const resetId = record?.temporary_reset_id ?? null;
    if (!record || resetId === null || (ofReset !== undefined && ofReset !== resetId)) return null;
    const reset = await tx
      .selectFrom('resets')
      .select('secret_style')
      .where('id', '=', resetId)
      .executeTakeFirst();
    // A pass does not change the password, which may be a temporary one that still has to expire.
    const isPass = reset?.secret_style === 'access-pass';
    if (!isPass) await dropExpiry(tx, accountId, now());
    await queueTask(tx, {
      directoryId: record.directory_id,
      accountId,
      kind: isPass ? 'withdraw-pass' : 'replace-password',
      reason,
      resetId,
      passwordSetAt: record.temporary_set_at,
      dueAt: now(),
    });
    await tx
      .updateTable('directory_accounts')
      .set({ temporary_reset_id: null, temporary_set_at: null, temporary_until: null })
      .where('account_id', '=', accountId)
      .execute();
    return resetId;
  };

  return {
    get: (accountId, tx) => readAccount(tx ?? store.db, accountId),
    withdrawTemporaryPassword: (accountId, tx) => replace(tx, accountId, 'revoked'),
    async dropTemporaryPassword(accountId, resetId, tx) {
      await replace(tx, accountId, 'not-delivered', resetId);
    },
    async endSessions(accountId, tx) {
      const record = await recordOf(tx, accountId);
      if (record) {
        await queueTask(tx, {
          directoryId: record.directory_id,
          accountId,
          kind: 'end-sessions',
          reason: 'frozen',
          dueAt: now(),
        });
      }
      const ended = await tx
        .deleteFrom('user_sessions')
        .where('account_id', '=', accountId)
        .returning('expires_at')
        .execute();
      return ended.filter((session) => session.expires_at > now()).length;
    },
    async noteOwnPassword(accountId, setAt, tx) {
      const record = await recordOf(tx, accountId);
      if (record?.temporary_reset_id != null)
        await tx
          .updateTable('resets')
          .set({ password_set_at: now() })
          .where('id', '=', record.temporary_reset_id)
          .execute();
      await dropExpiry(tx, accountId, now());
      await tx
        .updateTable('directory_accounts')
        .set({
          must_change: 0,
          password_set_at: setAt,
          temporary_reset_id: null,
          temporary_set_at: null,
          temporary_until: null,
        })
        .where('account_id', '=', accountId)
        .execute();
      await tx.deleteFrom('user_sessions').where('account_id', '=', accountId).execute();
    },
    setOwnPassword() {
      throw new Refusal('account.no-local-password');
    },
  };
}
