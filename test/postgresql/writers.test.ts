import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chainStart, eventHash, systemOrigin } from '../../backend/store/append-event.ts';
import { createTestDatabase, type TestDatabase } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { createStore, type Store } from '../../backend/store/store.ts';

describe('writers on PostgreSQL', () => {
  let database: TestDatabase | null;
  let stores: Store[];
  beforeEach(async () => {
    database = await createTestDatabase();
    const open = async () => {
      const { reader, writer } = await openPostgresql(database ?? { url: '' }, () => undefined);
      return createStore(reader, Date.now, writer);
    };
    // Two processes on one database would behave in the same way.
    stores = [await open(), await open()];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await database?.drop();
  });
  const atOnce = (count: number, work: (store: Store, at: number) => Promise<void>) =>
    Promise.all(
      Array.from({ length: count }, (_each, at) => {
        const store = stores[at % stores.length];
        return store ? work(store, at) : Promise.reject(new Error('no store'));
      }),
    );

  it('chain 200 events that come at once without a gap or a fork', async () => {
    await atOnce(200, (store, at) =>
      store.change(systemOrigin, (_tx, record) => record({ action: 'policy.changed', facts: { at } })),
    );
    const events =
      (await stores[0]?.db.selectFrom('audit_events').selectAll().orderBy('seq').execute()) ?? [];
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_each, at) => at + 1));
    let before = chainStart;
    for (const event of events) {
      expect(event.previous_hash).toBe(before);
      expect(event.hash).toBe(eventHash(event));
      before = event.hash;
    }
    expect(new Set(events.map(({ facts }) => facts)).size).toBe(200);
  });

  it('lose nothing of what they read first and write then', async () => {
    const setting = { name: 'counter', sealed: 0, changed_at: 0 } as const;
    await stores[0]?.writeUnaudited((tx) =>
      tx
        .insertInto('settings')
        .values({ ...setting, value: '0' })
        .execute(),
    );
    await atOnce(60, async (store, at) => {
      const add = async (tx: Parameters<Parameters<Store['writeUnaudited']>[0]>[0]) => {
        const counter = tx.selectFrom('settings').select('value').where('name', '=', 'counter');
        const { value } = await counter.executeTakeFirstOrThrow();
        const next = { value: String(Number(value) + 1) };
        await tx.updateTable('settings').set(next).where('name', '=', 'counter').execute();
      };
      if (at % 3 === 0) await store.writeUnaudited(add);
      else {
        await store.change(systemOrigin, async (tx, record) => {
          await add(tx);
          await record({ action: 'policy.changed' });
        });
      }
    });
    const counted = await stores[1]?.db.selectFrom('settings').select('value').executeTakeFirst();
    expect(counted).toEqual({ value: '60' });
  });

  it('do not keep readers waiting', async () => {
    const [store, other] = stores;
    let end: () => void = () => undefined;
    const ends = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const change = store?.change(systemOrigin, async (tx, record) => {
      await tx.selectFrom('audit_events').select('seq').execute();
      begin();
      await ends;
      await record({ action: 'policy.changed' });
    });
    await begun;
    // A running change, several that wait for it, and concurrent reads.
    const waiting = atOnce(12, (each) =>
      each.change(systemOrigin, (_own, note) => note({ action: 'policy.changed' })),
    );
    await other?.db.selectFrom('audit_events').select('seq').execute();
    const read = await store?.db.selectFrom('audit_events').select('seq').execute();
    end();
    await change;
    await waiting;
    expect(read).toEqual([]);
  });
});
