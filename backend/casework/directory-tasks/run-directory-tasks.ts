import { randomUUID } from 'node:crypto';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import { Refusal } from '../../refusal.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { DirectoryTasksTable } from '../../store/tables.ts';

/** Milliseconds in which a claimed task must be done before another backend may take it. */
const leaseMs = 60_000;
/** Milliseconds until a failed task is tried again: doubled each time, up to an hour. */
const firstRetryMs = 30_000;
const maxRetryMs = 3_600_000;
const tasksAtOnce = 20;

/**
 * `unchecked`: the directory reports neither when a password was set nor whether a change is demanded, so the account may have a password of the
 * user's own. `gone`: the account is not within reach, so nothing can be done.
 */
type Outcome = 'replaced' | 'changed-since' | 'unchecked' | 'done' | 'gone';

/** The directory has no such account within its scope, or was removed here. */
const goneFaults = new Set<string>(['account-gone', 'directory.not-found']);
/** The directory would keep its other tasks waiting as well. */
const silentFaults = new Set<string>(['unreachable', 'timeout', 'throttled', 'outcome-unknown']);

const ownerNotices = {
  expired: 'the temporary password was not used in time and no longer works',
  revoked: 'the temporary password was revoked and does not work any longer',
  frozen: 'the temporary password was revoked and does not work any longer',
  'not-delivered': 'the temporary password could not be delivered and no longer works',
} as const;

/** Leaves a failed task to a later attempt. `at` in milliseconds. */
const postpone = (store: Store, task: DirectoryTasksTable, fault: string, at: number) =>
  store.writeUnaudited((tx) =>
    tx
      .updateTable('directory_tasks')
      .set({
        attempts: task.attempts + 1,
        fault,
        due_at: at + Math.min(firstRetryMs * 2 ** task.attempts, maxRetryMs),
        leased_until: null,
      })
      .where('id', '=', task.id)
      .execute(),
  );

const forgetTemporary = (tx: Transaction, task: DirectoryTasksTable) =>
  tx
    .updateTable('directory_accounts')
    .set({ temporary_reset_id: null, temporary_set_at: null, temporary_until: null })
    .where('account_id', '=', task.account_id)
    .where('temporary_reset_id', '=', task.reset_id)
    .execute();

/**
 * Does the queued work in external directories: replaces temporary passwords that were revoked, could not be delivered or were not used in time, and
 * ends sessions. A failed task is tried again until it succeeds. One about an account that is gone is given up, and the record says so.
 */
export function createDirectoryTasks({
  store,
  registry,
  notifications,
  now,
}: {
  readonly store: Store;
  readonly registry: DirectoryRegistry;
  readonly notifications: Notifications;
  readonly now: () => number;
}) {
  const worker = randomUUID();

  /** Claims the task that is due first, so that no other backend runs it at the same time. Leaves out those of `silent` directories. */
  const claim = (silent: readonly string[]): Promise<DirectoryTasksTable | undefined> =>
    store.writeUnaudited((tx) =>
      tx
        .updateTable('directory_tasks')
        .set({ leased_by: worker, leased_until: now() + leaseMs })
        .where('id', 'in', (query) =>
          query
            .selectFrom('directory_tasks')
            .select('id')
            .where('done_at', 'is', null)
            .where('due_at', '<=', now())
            .$if(silent.length > 0, (others) => others.where('directory_id', 'not in', silent))
            .where((where) =>
              where.or([where('leased_until', 'is', null), where('leased_until', '<=', now())]),
            )
            .orderBy('due_at')
            .limit(1),
        )
        .returningAll()
        .executeTakeFirst(),
    );

  const doIn = async (task: DirectoryTasksTable): Promise<Outcome> => {
    const { external } = await registry.open(task.directory_id);
    const account = await store.db
      .selectFrom('accounts')
      .select('source_id')
      .where('id', '=', task.account_id)
      .executeTakeFirst();
    const key = account?.source_id ?? '';
    if (task.kind === 'end-sessions') {
      if (external.capabilities.endSessions === true) await external.endSessions(key);
      return 'done';
    }
    if (task.kind === 'withdraw-pass') {
      await external.accessPasses?.withdraw(key);
      return 'done';
    }
    return external.replaceByUnknown(key, task.password_set_at);
  };

  const conclude = (task: DirectoryTasksTable, outcome: Outcome) =>
    store.change(systemOrigin, async (tx, record) => {
      await tx
        .updateTable('directory_tasks')
        .set({ done_at: now(), outcome, leased_until: null, fault: null })
        .where('id', '=', task.id)
        .execute();
      const about = { accountId: task.account_id };
      const facts = { directory: task.directory_id, reason: task.reason, reset: task.reset_id };
      if (outcome === 'gone') {
        await forgetTemporary(tx, task);
        return record({ action: 'directory.task-given-up', ...about, facts: { ...facts, task: task.kind } });
      }
      if (task.kind === 'end-sessions')
        return record({ action: 'directory.sessions-ended', ...about, facts });
      if (task.kind === 'withdraw-pass')
        return record({ action: 'directory.pass-withdrawn', ...about, facts });
      await forgetTemporary(tx, task);
      if (outcome === 'unchecked') return record({ action: 'directory.password-unchecked', ...about, facts });
      if (outcome === 'changed-since') {
        await tx
          .updateTable('resets')
          .set({ password_set_at: now() })
          .where('id', '=', task.reset_id ?? '')
          .where('password_set_at', 'is', null)
          .where('voided_at', 'is', null)
          .execute();
        return record({ action: 'directory.password-kept', ...about, facts });
      }
      await record({ action: 'directory.password-replaced', ...about, facts });
      const what = ownerNotices[task.reason as keyof typeof ownerNotices];
      await notifications.signInMethodChanged(tx, { accountId: task.account_id }, what);
    });

  return {
    /**
     * Runs the due tasks one after the other, at most {@link tasksAtOnce}. Each is claimed when it begins, because those before it may take long. After a
     * task to which its directory did not respond, only those of other directories are run.
     */
    async runDue(): Promise<void> {
      const silent: string[] = [];
      for (let done = 0; done < tasksAtOnce; done += 1) {
        const task = await claim(silent);
        if (task === undefined) return;
        const outcome = await doIn(task).catch((thrown: unknown) => {
          if (thrown instanceof DirectoryFault || thrown instanceof Refusal) return { fault: thrown.code };
          throw thrown;
        });
        if (typeof outcome !== 'object') await conclude(task, outcome);
        else if (goneFaults.has(outcome.fault)) await conclude(task, 'gone');
        else {
          await postpone(store, task, outcome.fault, now());
          if (silentFaults.has(outcome.fault)) silent.push(task.directory_id);
        }
      }
    },
  };
}
