import type { AccountRow } from '../../directories/directory.ts';
import { dropExpiry, queueTask } from '../../directories/configured/directory-tasks.ts';
import type { Transaction } from '../../store/store.ts';

/** A temporary password as its directory stores it; in milliseconds, `setAt` by the directory's clock. */
interface TemporaryInDirectory {
  readonly account: AccountRow;
  readonly resetId: string;
  readonly setAt: number | null;
  readonly until: number;
  readonly at: number;
}

/** Records that the account has a pass that can be withdrawn. The directory lets it expire. */
export async function rememberPass(
  tx: Transaction,
  { account, resetId, at }: Pick<TemporaryInDirectory, 'account' | 'resetId' | 'at'>,
): Promise<void> {
  const pass = { temporary_reset_id: resetId, temporary_set_at: null, temporary_until: null };
  await tx
    .insertInto('directory_accounts')
    .values({
      account_id: account.id,
      directory_id: account.directory_id ?? '',
      read_at: at,
      password_set_at: null,
      must_change: 0,
      locked_until: null,
      locked_at: null,
      ...pass,
    })
    .onConflict((on) => on.column('account_id').doUpdateSet(pass))
    .execute();
}

/** Stores which password it was, and queues its replacement in case the user does not use it in time. */
export async function rememberTemporary(
  tx: Transaction,
  { account, resetId, setAt, until, at }: TemporaryInDirectory,
): Promise<void> {
  const directoryId = account.directory_id ?? '';
  const temporary = {
    must_change: 1 as const,
    password_set_at: setAt,
    temporary_reset_id: resetId,
    temporary_set_at: setAt,
    temporary_until: until,
  };
  await tx
    .insertInto('directory_accounts')
    .values({
      account_id: account.id,
      directory_id: directoryId,
      read_at: at,
      locked_until: null,
      locked_at: null,
      ...temporary,
    })
    .onConflict((on) => on.column('account_id').doUpdateSet(temporary))
    .execute();
  // Another temporary password of this account is replaced by this one.
  await dropExpiry(tx, account.id, at);
  await queueTask(tx, {
    directoryId,
    accountId: account.id,
    kind: 'replace-password',
    reason: 'expired',
    resetId,
    passwordSetAt: setAt,
    dueAt: until,
  });
}
