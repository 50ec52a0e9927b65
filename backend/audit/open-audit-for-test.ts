import { sql } from 'kysely';
import Database from 'libsql';
import { openDatabaseForTest } from '../app/configuration/open-database-for-test.ts';
import type { Origin } from '../store/append-event.ts';
import { openSqlite } from '../store/open-sqlite.ts';
import { connectPostgresql } from '../store/postgresql-connection.ts';

export const operator: Origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann Operator' },
  clientAddress: '192.0.2.7',
  client: 'Reset Desk 0.0.0-test (linux)',
};

/** A data folder with a signed audit log. On SQLite, the test can also change its file as an attacker with access to it could. */
export async function openAuditForTest() {
  const clock = { at: Date.parse('2026-03-01T09:00:00Z') };
  const {
    dataFolder: folder,
    database,
    file,
    key,
    store,
    writer,
    close,
  } = await openDatabaseForTest(() => clock.at);
  return {
    folder,
    file,
    clock,
    key,
    store,
    writer,
    /** Appends this many events about a few accounts, one second apart. */
    append: (count: number) =>
      store.change(operator, async (_tx, record) => {
        for (let index = 0; index < count; index += 1) {
          clock.at += 1000;
          const facts = { index, who: '=Zoë|\\' };
          await record({ action: 'account.changed', accountId: `account-${index % 7}`, facts });
        }
      }),
    /** Runs statements on the file itself, without the triggers. */
    tamper: (...statements: readonly string[]) => {
      const connection = new Database(file);
      for (const guard of ['audit_events', 'audit_checkpoints']) {
        for (const change of ['update', 'delete'])
          connection.exec(`drop trigger if exists ${guard}_no_${change}`);
      }
      for (const statement of statements) connection.exec(statement);
      connection.close();
    },
    /** Deletes the events after this one, and their signatures, as an attacker on the database could. */
    cutAfter: async (seq: number) => {
      const db =
        database === null
          ? await openSqlite(file)
          : connectPostgresql(database.ownerUrl, { max: 1, timeoutMs: 0, onBroken: () => undefined }).db;
      for (const table of ['audit_events', 'audit_checkpoints'] as const) {
        const triggers =
          database === null ? [`${table}_no_update`, `${table}_no_delete`] : [`${table}_append_only`];
        for (const trigger of triggers) {
          const on = database === null ? sql`` : sql`on ${sql.table(table)}`;
          await sql`drop trigger if exists ${sql.ref(trigger)} ${on}`.execute(db);
        }
        await db.deleteFrom(table).where('seq', '>', seq).execute();
      }
      await db.destroy();
    },
    close,
  };
}
