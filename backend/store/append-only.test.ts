import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restoreGuards, unguardedTables } from './append-only.ts';
import { createTestDatabase, type TestDatabase } from './database-for-test.ts';
import { openSqlite } from './open-sqlite.ts';
import { connectPostgresql } from './postgresql-connection.ts';

describe('the triggers of append-only tables', () => {
  let database: TestDatabase | null;
  let db: Awaited<ReturnType<typeof openSqlite>>;
  beforeEach(async () => {
    database = await createTestDatabase();
    db =
      database === null
        ? await openSqlite(':memory:')
        : connectPostgresql(database.ownerUrl, { max: 1, timeoutMs: 0, onBroken: () => undefined }).db;
  });
  afterEach(async () => {
    await db.destroy();
    await database?.drop();
  });
  const drop = async (table: string) => {
    const names = database === null ? [`${table}_no_update`, `${table}_no_delete`] : [`${table}_append_only`];
    for (const name of names)
      await sql`drop trigger ${sql.ref(name)} ${database === null ? sql`` : sql`on ${sql.table(table)}`}`.execute(
        db,
      );
  };

  it('are all there in a new database', async () => {
    expect(await unguardedTables(db)).toEqual([]);
    expect(await restoreGuards(db)).toEqual([]);
  });

  it.each(['audit_events', 'audit_checkpoints', 'evidence'])(
    'of %s work again after they were missing at the start',
    async (table) => {
      await drop(table);
      expect(await unguardedTables(db)).toEqual([table]);
      expect(await restoreGuards(db)).toEqual([table]);
      expect(await unguardedTables(db)).toEqual([]);
      const row = { seq: 1, hash: '', at: 0, key_id: '', signature: '' };
      await db.insertInto('audit_checkpoints').values(row).execute();
      await expect(db.deleteFrom('audit_checkpoints').execute()).rejects.toThrow('append-only');
      await expect(db.updateTable('audit_checkpoints').set({ at: 1 }).execute()).rejects.toThrow(
        'append-only',
      );
    },
  );

  it('are put back when they were disabled or do nothing', async () => {
    if (database === null) {
      await sql`drop trigger audit_events_no_delete`.execute(db);
      await sql`create trigger audit_events_no_delete before delete on audit_events begin select 1; end`.execute(
        db,
      );
    } else {
      await sql`alter table audit_events disable trigger audit_events_append_only`.execute(db);
    }
    expect(await restoreGuards(db)).toEqual(['audit_events']);
    expect(await unguardedTables(db)).toEqual([]);
  });
});
