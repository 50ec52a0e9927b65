import Database from 'libsql';
import { openDatabaseForTest } from '../app/configuration/open-database-for-test.ts';
import type { Origin } from '../store/append-event.ts';

export const operator: Origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann Operator' },
  clientAddress: '192.0.2.7',
  client: 'Reset Desk 0.0.0-test (linux)',
};

/** A data folder with a signed audit log; on SQLite also a way to change its file as an attacker with access to it could. */
export async function openAuditForTest() {
  const clock = { at: Date.parse('2026-03-01T09:00:00Z') };
  const { dataFolder: folder, file, key, store, close } = await openDatabaseForTest(() => clock.at);
  return {
    folder,
    file,
    clock,
    key,
    store,
    /** Appends so many events about a few accounts, a second between them. */
    append: (count: number) =>
      store.change(operator, async (_tx, record) => {
        for (let index = 0; index < count; index += 1) {
          clock.at += 1000;
          const facts = { index, who: '=Zoë|\\' };
          await record({ action: 'account.changed', accountId: `account-${index % 7}`, facts });
        }
      }),
    /** Statements on the file itself, with the triggers gone. */
    tamper: (...statements: readonly string[]) => {
      const database = new Database(file);
      for (const guard of ['audit_events', 'audit_checkpoints']) {
        for (const change of ['update', 'delete'])
          database.exec(`drop trigger if exists ${guard}_no_${change}`);
      }
      for (const statement of statements) database.exec(statement);
      database.close();
    },
    close,
  };
}
