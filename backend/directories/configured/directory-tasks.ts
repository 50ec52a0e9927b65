import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../store/store.ts';
import type { DirectoryTasksTable } from '../../store/tables.ts';

export type TaskKind = 'replace-password' | 'withdraw-pass' | 'end-sessions';
/** Why a password is replaced by an unknown one, or sessions end. */
export type TaskReason = 'expired' | 'revoked' | 'frozen' | 'not-delivered';

interface NewTask {
  readonly directoryId: string;
  readonly accountId: string;
  readonly kind: TaskKind;
  readonly reason: TaskReason;
  readonly resetId?: string | null;
  readonly passwordSetAt?: number | null;
  /** Milliseconds. */
  readonly dueAt: number;
}

/** Queues a task for an external directory, in the transaction that decides about it. */
export async function queueTask(tx: Transaction, task: NewTask): Promise<void> {
  const row: DirectoryTasksTable = {
    id: randomUUID(),
    directory_id: task.directoryId,
    account_id: task.accountId,
    kind: task.kind,
    reason: task.reason,
    reset_id: task.resetId ?? null,
    password_set_at: task.passwordSetAt ?? null,
    due_at: task.dueAt,
    attempts: 0,
    leased_by: null,
    leased_until: null,
    fault: null,
    done_at: null,
    outcome: null,
  };
  await tx.insertInto('directory_tasks').values(row).execute();
}

/** Deletes the tasks that would replace a temporary password, because another task or the user does so. */
export async function dropExpiry(tx: Transaction, accountId: string, at: number): Promise<void> {
  await tx
    .updateTable('directory_tasks')
    .set({ done_at: at, outcome: 'done' })
    .where('account_id', '=', accountId)
    .where('kind', '=', 'replace-password')
    .where('reason', '=', 'expired')
    .where('done_at', 'is', null)
    .execute();
}
