import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemOrigin } from '../../backend/store/append-event.ts';
import { createTestDatabase, type TestDatabase } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { createStore, type Store } from '../../backend/store/store.ts';

describe('the audit log on PostgreSQL', () => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    const made = await createTestDatabase();
    if (made === null) throw new Error('these tests are for PostgreSQL');
    database = made;
    const { reader, writer } = await openPostgresql(database, () => undefined);
    store = createStore(reader, Date.now, writer);
    await store.change(systemOrigin, (_tx, record) => record({ action: 'policy.changed' }));
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });
  /** The server's answer to a statement, or 'done'. */
  const ask = async (url: string, statement: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
      return 'done';
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : '';
    } finally {
      await client.end();
    }
  };
  const changes = ['audit_events', 'evidence'].flatMap((table) => [
    `update ${table} set at = 1`,
    `update ${table} set at = 1 where false`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
  ]);

  it.each(changes)('is out of reach for the serving role: %s', async (statement) => {
    expect(await ask(database.url, statement)).toMatch(/^permission denied for table/);
  });

  it.each(changes)('is refused to its owner by a trigger: %s', async (statement) => {
    expect(await ask(database.ownerUrl, statement)).toMatch(/append-only|written once/);
    expect(await store.db.selectFrom('audit_events').select('seq').execute()).toEqual([{ seq: 1 }]);
  });

  it.each([
    'alter table audit_events disable trigger all',
    'drop trigger audit_events_append_only on audit_events',
    'drop table audit_events',
    'create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$',
    'set session_replication_role = replica',
    'grant update on audit_events to desk',
    'delete from kysely_migration',
    'create table own (id integer)',
  ])('cannot be opened up by the serving role: %s', async (statement) => {
    await ask(database.url, statement);
    expect(await ask(database.url, 'update audit_events set at = 1')).toMatch(/^permission denied/);
    expect(await ask(database.ownerUrl, 'update audit_events set at = 1')).toContain('append-only');
    expect(await ask(database.ownerUrl, 'select 1 / count(*) from kysely_migration')).toBe('done');
  });

  it('is written to and read by the serving role', async () => {
    const as = { rights: ['INSERT', 'SELECT'], of: 'audit_events' };
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ privilege_type: string }>(
      `select privilege_type from information_schema.role_table_grants
       where grantee = 'desk' and table_name = $1 order by 1`,
      [as.of],
    );
    await client.end();
    expect(rows.map((row) => row.privilege_type)).toEqual(as.rights);
  });

  it('refuses to serve as the role that owns it, when an owner is named', async () => {
    const own = openPostgresql({ url: database.ownerUrl, ownerUrl: database.ownerUrl }, () => undefined);
    await expect(own).rejects.toThrow('create a separate role for it');
  });

  it('has its triggers when one role does everything', async () => {
    const said: string[] = [];
    const { reader, writer } = await openPostgresql({ url: database.ownerUrl }, (event) => said.push(event));
    await Promise.all([reader.destroy(), writer.destroy()]);
    expect(said).toEqual(['audit-log-guarded-by-triggers-alone']);
  });

  it('needs its owner for a new shape alone', async () => {
    const said: string[] = [];
    const open = () => openPostgresql({ url: database.url }, (event) => said.push(event));
    const { reader, writer } = await open();
    await Promise.all([reader.destroy(), writer.destroy()]);
    expect(said).toEqual([]);
    await ask(
      database.ownerUrl,
      'delete from kysely_migration where name = (select max(name) from kysely_migration)',
    );
    await expect(open()).rejects.toThrow(/could not be migrated \(migration 0.*: /);
  });

  it('is not written past the one way for changes', async () => {
    const write = store.db.insertInto('settings').values({ name: 'a', value: '', sealed: 0, changed_at: 0 });
    await expect(write.execute()).rejects.toThrow('read-only');
  });
});
