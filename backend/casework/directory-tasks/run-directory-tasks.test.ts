import { expect, it, onTestFinished } from 'vitest';
import { contactsHeader, contactsMapping, openForTest } from '../../accounts/open-for-test.ts';
import { queueTask, type TaskKind } from '../../directories/configured/directory-tasks.ts';
import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import { noDirectories, type DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ExternalDirectory } from '../../directories/external/external-directory.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import { createDirectoryTasks } from './run-directory-tasks.ts';

const directoryId = 'head-office';

/** A desk with two accounts, and one task of each in the directory. */
async function deskWithTasks(kind: TaskKind, directories: readonly string[] = [directoryId]) {
  const desk = await openForTest();
  onTestFinished(() => desk.close());
  const { store, now } = desk;
  await desk.importCsv(`${contactsHeader}ann,Ann One,,\nbea,Bea Two,,\n`, contactsMapping);
  const accounts = await store.db.selectFrom('accounts').select('id').execute();
  await store.writeUnaudited(async (tx) => {
    for (const id of directories) {
      const row = newDirectoryRow({ id, name: id, settings: { kind: 'ldap' }, now: 0 });
      await tx
        .insertInto('directories')
        .values({ ...row, first_read_at: 0, read_at: 0 })
        .execute();
      for (const { id: accountId } of accounts)
        await queueTask(tx, { directoryId: id, accountId, kind, reason: 'expired', dueAt: now() });
    }
  });
  const tasks = (open: DirectoryRegistry['open']) =>
    createDirectoryTasks({
      store,
      registry: { ...noDirectories, open },
      notifications: { signInMethodChanged: () => Promise.resolve() } as unknown as Notifications,
      now,
    });
  return { desk, accounts, tasks };
}
const opens =
  (external: Partial<ExternalDirectory>): DirectoryRegistry['open'] =>
  (id) =>
    Promise.resolve({ id, name: id, external: external as ExternalDirectory });

it('does a task once, although those before it took longer than a lease', async () => {
  const { desk, accounts, tasks } = await deskWithTasks('end-sessions');
  let calls = 0;
  const open = opens({
    capabilities: { endSessions: true } as ExternalDirectory['capabilities'],
    endSessions: async () => {
      calls += 1;
      desk.clock.at += 40_000;
      // Another backend looks for tasks while the second one is running.
      if (calls === 2) await tasks(open).runDue();
    },
  });
  await tasks(open).runDue();
  expect(calls).toBe(accounts.length);
});

it.each<[string, DirectoryRegistry['open']]>([
  [
    'the directory no longer has the account within the scope',
    opens({ replaceByUnknown: () => Promise.reject(new DirectoryFault('account-gone')) }),
  ],
  ['the directory was removed', noDirectories.open],
])('says that a temporary password was not ended if %s', async (_why, open) => {
  const { desk, accounts, tasks } = await deskWithTasks('replace-password');
  await tasks(open).runDue();
  const events = await desk.store.db
    .selectFrom('audit_events')
    .select('action')
    .where('action', 'in', ['directory.task-given-up', 'directory.password-replaced'])
    .execute();
  expect(events).toEqual(accounts.map(() => ({ action: 'directory.task-given-up' })));
});

it('does the tasks of other directories before a second one of a directory that does not answer', async () => {
  const { accounts, tasks } = await deskWithTasks('end-sessions', ['a-silent', 'b-lively']);
  const calls: string[] = [];
  const open: DirectoryRegistry['open'] = (id) =>
    opens({
      capabilities: { endSessions: true } as ExternalDirectory['capabilities'],
      endSessions: () => {
        calls.push(id);
        return id === 'a-silent' ? Promise.reject(new DirectoryFault('timeout')) : Promise.resolve();
      },
    })(id);
  await tasks(open).runDue();
  expect(calls.toSorted()).toEqual(['a-silent', ...accounts.map(() => 'b-lively')]);
});
