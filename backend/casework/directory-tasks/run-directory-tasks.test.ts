import { expect, it, onTestFinished } from 'vitest';
import { contactsHeader, contactsMapping, openForTest } from '../../accounts/open-for-test.ts';
import { queueTask } from '../../directories/configured/directory-tasks.ts';
import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import { noDirectories } from '../../directories/configured/directory-registry.ts';
import type { ExternalDirectory } from '../../directories/external/external-directory.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import { createDirectoryTasks } from './run-directory-tasks.ts';

const directoryId = 'head-office';

it('does a task once, although those before it took longer than a lease', async () => {
  const desk = await openForTest();
  onTestFinished(() => desk.close());
  const { store, clock, now } = desk;
  await desk.importCsv(`${contactsHeader}ann,Ann One,,\nbea,Bea Two,,\n`, contactsMapping);
  const accounts = await store.db.selectFrom('accounts').select('id').execute();
  const settings = { kind: 'ldap' };
  const row = newDirectoryRow({ id: directoryId, name: 'Head office', settings, now: 0 });
  const configured = { ...row, first_read_at: 0, read_at: 0 };
  await store.writeUnaudited(async (tx) => {
    await tx.insertInto('directories').values(configured).execute();
    for (const { id: accountId } of accounts)
      await queueTask(tx, { directoryId, accountId, kind: 'end-sessions', reason: 'frozen', dueAt: now() });
  });
  let calls = 0;
  const external = {
    capabilities: { endSessions: true },
    endSessions: async () => {
      calls += 1;
      clock.at += 40_000;
      // Another backend looks for tasks while the second one is running.
      if (calls === 2) await createTasks().runDue();
    },
  } as unknown as ExternalDirectory;
  const createTasks = () =>
    createDirectoryTasks({
      store,
      registry: {
        ...noDirectories,
        open: () => Promise.resolve({ id: directoryId, name: 'Head office', external }),
      },
      notifications: {} as Notifications,
      now,
    });
  await createTasks().runDue();
  expect(calls).toBe(accounts.length);
});
