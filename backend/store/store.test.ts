import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemOrigin } from './append-event.ts';
import { createTestDatabase } from './database-for-test.ts';
import { dialectOf } from './dialect.ts';
import { openPostgresql } from './open-postgresql.ts';
import { openSqlite } from './open-sqlite.ts';
import { createStore, type Store, type Transaction } from './store.ts';

describe('the store', () => {
  let store: Store;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const database = await createTestDatabase();
    if (database === null) {
      store = createStore(await openSqlite(':memory:'), () => 1000);
      drop = () => Promise.resolve();
    } else {
      const { reader, writer } = await openPostgresql(database, () => undefined);
      store = createStore(reader, () => 1000, writer);
      drop = () => database.drop();
    }
  });
  afterEach(async () => {
    await store.close();
    await drop();
  });

  const put = (tx: Transaction, name: string) =>
    tx.insertInto('settings').values({ name, value: '1', sealed: 0, changed_at: 0 }).execute();
  const names = async (db: Pick<Store['db'], 'selectFrom'> = store.db) =>
    (await db.selectFrom('settings').select('name').where('name', 'like', 'test%').execute()).map(
      ({ name }) => name,
    );
  const events = () => store.db.selectFrom('audit_events').select('action').orderBy('seq').execute();
  const event = { action: 'policy.changed' } as const;

  it('rejects a change that records no event as a whole', async () => {
    await expect(store.change(systemOrigin, (tx) => put(tx, 'test'))).rejects.toThrow(
      'must record at least one audit event',
    );
    expect(await names()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it('appends events that a change records at once one after the other', async () => {
    await store.change(systemOrigin, async (_tx, record) => {
      await Promise.all([record(event), record(event), record(event)]);
    });
    const chained = await store.db
      .selectFrom('audit_events')
      .select(['seq', 'hash', 'previous_hash'])
      .orderBy('seq')
      .execute();
    expect(chained.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(chained.slice(1).map(({ previous_hash }) => previous_hash)).toEqual(
      chained.slice(0, 2).map(({ hash }) => hash),
    );
  });

  it('leaves neither the change nor its event if the change throws after both', async () => {
    const change = store.change(systemOrigin, async (tx, record) => {
      await put(tx, 'test');
      await record(event);
      throw new Error('the work failed');
    });
    await expect(change).rejects.toThrow('the work failed');
    expect(await names()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a read', () => names()],
    ['a read in raw SQL', () => sql`select 1`.execute(store.db)],
    ['another change', () => store.change(systemOrigin, (_tx, record) => record(event))],
    ['an unaudited write', () => store.writeUnaudited((tx) => put(tx, 'test-inner'))],
  ])('throws at once when a change uses the store itself: %s', async (_what, use) => {
    const inside = 'inside one of its own changes';
    const change = store.change(systemOrigin, async (tx, record) => {
      await put(tx, 'test');
      await record(event);
      await use();
    });
    await expect(change).rejects.toThrow(inside);
    await expect(store.writeUnaudited(() => use().then(() => undefined))).rejects.toThrow(inside);
    // The failed change does not block the next one.
    await store.writeUnaudited((tx) => put(tx, 'test-after'));
    expect(await names()).toEqual(['test-after']);
  });

  it('lets unawaited work of a change use the store after the change', async () => {
    let later: Promise<string[]> = Promise.resolve([]);
    let release: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      release = resolve;
    });
    await store.change(systemOrigin, async (tx, record) => {
      await put(tx, 'test');
      await record(event);
      later = ended.then(() => names());
    });
    release();
    expect(await later).toEqual(['test']);
  });

  it('lets a change read with its transaction what it wrote', async () => {
    await store.change(systemOrigin, async (tx, record) => {
      await put(tx, 'test');
      expect(await names(tx)).toEqual(['test']);
      await record(event);
    });
  });

  it('fails with the cause of a change, although its rollback fails as well', async () => {
    // SQLite rolls back by itself when the disk is full, and PostgreSQL when the connection is gone.
    const undo = (tx: Transaction) =>
      dialectOf(tx) === 'sqlite'
        ? sql`rollback`.execute(tx)
        : sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx).catch(() => undefined);
    const change = store.change(systemOrigin, async (tx) => {
      await undo(tx);
      throw new Error('the disk is full');
    });
    await expect(change).rejects.toThrow('the disk is full');
    await store.change(systemOrigin, async (tx, record) => {
      await put(tx, 'test');
      await record(event);
    });
    expect(await names()).toEqual(['test']);
  });

  describe('writes together with a change that other code makes', () => {
    const proof = { action: 'protected-change.made' } as const;
    const change = (name: string) =>
      store.change(systemOrigin, async (tx, record) => {
        await put(tx, name);
        await record(event);
      });
    const actions = async () => (await events()).map(({ action }) => action);

    it('in the same transaction exactly once', async () => {
      const { answer, ran } = await store.together(
        async (tx, recordAs) => {
          await put(tx, 'test-companion');
          await recordAs(systemOrigin, proof);
        },
        async () => {
          await change('test-first');
          await change('test-second');
          return 'answer';
        },
      );
      expect([answer, ran]).toEqual(['answer', true]);
      expect((await names()).toSorted()).toEqual(['test-companion', 'test-first', 'test-second']);
      expect(await actions()).toEqual(['policy.changed', 'protected-change.made', 'policy.changed']);
    });

    it('or not at all, where either of them fails', async () => {
      const failing = () => Promise.reject(new Error('refused'));
      await expect(store.together(failing, () => change('test'))).rejects.toThrow('refused');
      await expect(
        store.together(
          async (tx) => void (await put(tx, 'test-companion')),
          () =>
            store.change(systemOrigin, async () => {
              throw new Error('refused');
            }),
        ),
      ).rejects.toThrow('refused');
      expect([await names(), await actions()]).toEqual([[], []]);
    });

    it('never with a later change, such as the record that the first one was refused', async () => {
      const { ran } = await store.together(
        async (tx) => void (await put(tx, 'test-companion')),
        async () => {
          await store
            .change(systemOrigin, async () => {
              throw new Error('refused');
            })
            .catch(() => undefined);
          await change('test-record');
        },
      );
      expect([ran, await names()]).toEqual([false, ['test-record']]);
    });
  });
});
