import { sql } from 'kysely';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemOrigin } from '../../backend/store/append-event.ts';
import { createTestDatabase, type TestDatabase } from '../../backend/store/database-for-test.ts';
import { openPostgresql, type OpenPostgresql } from '../../backend/store/open-postgresql.ts';
import { createStore, type Store } from '../../backend/store/store.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { commit, serverPort, statementTimeoutMs, throughProxy } from './through-proxy.ts';

describe('a store whose PostgreSQL is behind a faulty network', () => {
  let database: TestDatabase;
  let proxy: FaultyProxy;
  let opened: OpenPostgresql;
  let store: Store;
  let lines: string[];
  beforeEach(async () => {
    const made = await createTestDatabase();
    if (made === null) throw new Error('these tests are for PostgreSQL');
    database = made;
    lines = [];
    proxy = await startFaultyProxy(serverPort(database));
    opened = await openPostgresql(throughProxy(database, proxy), (event) => lines.push(event), {
      exclusive: true,
    });
    store = createStore(opened.reader, Date.now, opened.writer);
  });
  afterEach(async () => {
    await store.close();
    await opened.release();
    await proxy.stop();
    await database.drop();
  });

  const change = (name: string) =>
    store.change(systemOrigin, async (tx, record) => {
      await tx.insertInto('settings').values({ name, value: '', sealed: 0, changed_at: 0 }).execute();
      await record({ action: 'policy.changed' });
    });
  const names = async () =>
    (await store.db.selectFrom('settings').select('name').where('name', 'like', 'test%').execute()).map(
      ({ name }) => name,
    );
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (thrown: unknown) =>
        thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown),
    );
  /** Changes that hold or wait for the writer lock, on every connection for changes. */
  const changesUnderWay = async () => {
    let go: () => void = () => undefined;
    const goes = new Promise<void>((resolve) => {
      go = resolve;
    });
    let holds: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      holds = resolve;
    });
    const first = store.change(systemOrigin, async (tx, record) => {
      await sql`select 1`.execute(tx);
      holds();
      await goes;
      await record({ action: 'policy.changed' });
    });
    await held;
    const second = change('test-second');
    return { go, ended: Promise.allSettled([first, second]) };
  };

  it('makes changes again within seconds after the network dropped every connection', async () => {
    // Opens both connections for changes, and one for reads.
    await Promise.all([
      store.writeUnaudited(async () => undefined),
      store.writeUnaudited(async () => undefined),
      names(),
    ]);
    const { go, ended } = await changesUnderWay();
    proxy.forget();
    go();
    const outcomes = await ended;
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect.poll(() => failure(change('test-after'))).toBe('done');
    // Each of the readers' connections fails once as well.
    await expect.poll(() => names().catch(() => null)).toEqual(['test-after']);
    expect(lines).toContain('database-connection-broken');
  });

  it('fails at once with a code of its own until the server is back', async () => {
    const port = serverPort(database);
    proxy.moveTo(1);
    proxy.reset();
    expect(await failure(change('test-away'))).toBe('storage.unavailable');
    expect(await failure(names())).toBe('storage.unavailable');
    proxy.moveTo(port);
    await expect.poll(() => failure(change('test-back'))).toBe('done');
    expect(await names()).toEqual(['test-back']);
  });

  it('says that the outcome is unknown only when the answer to a COMMIT is lost', async () => {
    const lost = proxy.loseAnswer(commit);
    expect(await failure(change('test-unknown'))).toBe('storage.outcome-unknown');
    await lost;
    expect(await names()).toEqual(['test-unknown']);
    const cut = proxy.loseAnswer('insert into "settings"');
    expect(await failure(change('test-cut'))).toBe('storage.unavailable');
    await cut;
    expect(await names()).toEqual(['test-unknown']);
  });

  it('keeps its place before another backend when the connection that holds the lock is cut', async () => {
    const other = () =>
      openPostgresql({ ...database, statementTimeoutMs }, () => undefined, {
        exclusive: true,
        lockWaitMs: 0,
      });
    await expect(other()).rejects.toThrow('another Reset Desk backend is using this database');
    proxy.reset();
    await expect.poll(() => failure(change('test-again'))).toBe('done');
    await expect(other()).rejects.toThrow('another Reset Desk backend is using this database');
  });

  it('acquires the lock again from its own connection that the network dropped', async () => {
    proxy.forget();
    await opened.checkLock();
    expect(await failure(change('test-own'))).not.toBe('done');
    await expect.poll(() => failure(change('test-own-again'))).toBe('done');
    expect(lines).not.toContain('database-lock-lost');
  });

  it('refuses changes when another backend has taken its place', async () => {
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    await expect
      .poll(async () => {
        proxy.reset();
        const { rows } = await blocker.query<{ held: boolean }>(
          `select pg_try_advisory_lock(7345113, hashtext(current_schema())) as held`,
        );
        return rows[0]?.held;
      })
      .toBe(true);
    expect(await failure(change('test-second-backend'))).toBe('storage.unavailable');
    await expect.poll(() => lines).toContain('database-lock-lost');
    await blocker.end();
    await expect.poll(() => failure(change('test-alone'))).toBe('done');
    expect(lines).toContain('database-lock-taken-again');
  });

  it('refuses changes when another backend has taken its place without a word from the network', async () => {
    // Opens the connections of changes.
    expect(await failure(change('test-before'))).toBe('done');
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    proxy.forget();
    await blocker.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7345113`,
    );
    await expect
      .poll(async () => {
        const { rows } = await blocker.query<{ held: boolean }>(
          `select pg_try_advisory_lock(7345113, hashtext(current_schema())) as held`,
        );
        return rows[0]?.held;
      })
      .toBe(true);
    // The first fails on the connection that the network dropped, the next opens another one.
    for (const name of ['test-dropped', 'test-second-backend'])
      expect(await failure(change(name))).toMatch(/^storage\./);
    await blocker.end();
    await expect.poll(() => failure(change('test-alone'))).toBe('done');
    await expect.poll(() => names().catch(() => null)).toEqual(['test-before', 'test-alone']);
  });
});

describe('what a store on PostgreSQL respects', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    const made = await createTestDatabase();
    if (made === null) throw new Error('these tests are for PostgreSQL');
    database = made;
  });
  afterEach(() => database.drop());
  const asOwner = async (...statements: readonly string[]) => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const settled = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : ''),
    );

  it('leaves a database alone that its administrator has made read-only', async () => {
    await asOwner(`alter database ${database.name} set default_transaction_read_only = on`);
    const { reader, writer, probe } = await openPostgresql({ url: database.url }, () => undefined);
    const store = createStore(reader, Date.now, writer);
    const change = store.change(systemOrigin, (_tx, record) => record({ action: 'policy.changed' }));
    await expect(change).rejects.toMatchObject({ code: 'storage.read-only' });
    await expect(probe(Date.now() + 1900)).rejects.toMatchObject({ code: 'storage.read-only' });
    await store.close();
  });

  it('refuses a database that a newer version has migrated without changing it', async () => {
    await asOwner(`insert into kysely_migration (name, timestamp) values ('9999-of-tomorrow', '2030-01-01')`);
    expect(await settled(openPostgresql(database, () => undefined))).toMatch(
      /made by a newer version of Reset Desk \(it has 9999-of-tomorrow\)/,
    );
  });

  it.each([
    ['the writers’ lock is held', `select pg_advisory_lock(7345112)`],
    ['the table of settings is locked', `begin; lock table settings in exclusive mode`],
  ])('answers a probe within two seconds while %s', async (_why, statement) => {
    const { reader, writer, probe } = await openPostgresql({ url: database.url }, () => undefined);
    await probe(Date.now() + 1900);
    const holder = new Client({ connectionString: database.ownerUrl });
    await holder.connect();
    await holder.query(statement);
    const startedAt = performance.now();
    await expect(probe(Date.now() + 1900)).rejects.toMatchObject({ code: 'storage.locked' });
    expect(performance.now() - startedAt).toBeLessThan(2000);
    await holder.end();
    await expect.poll(() => settled(probe(Date.now() + 1900))).toBe('done');
    await Promise.all([reader.destroy(), writer.destroy()]);
  });
});
