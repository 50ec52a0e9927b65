import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabaseForTest } from '../app/configuration/open-database-for-test.ts';
import { systemOrigin } from './append-event.ts';

let database: Awaited<ReturnType<typeof openDatabaseForTest>>;
beforeEach(async () => {
  database = await openDatabaseForTest(() => 1000);
});
afterEach(() => database.close());

const settingOfChange = () =>
  database.store.db.selectFrom('settings').select('value').where('name', '=', 'test.long').execute();

describe('while a long change is written', () => {
  it('reads are answered, with what was committed before', async () => {
    const { store } = database;
    const read: unknown[] = [];
    let requestComes = () => undefined as void;
    const reading = new Promise<void>((resolve) => {
      requestComes = resolve;
    }).then(async () => {
      await setImmediate();
      read.push(await settingOfChange());
    });
    const seen = await store.change(systemOrigin, async (tx, record) => {
      await tx
        .insertInto('settings')
        .values({ name: 'test.long', value: 'new', sealed: 0, changed_at: 0 })
        .execute();
      await record({ action: 'directory.read', facts: {} });
      requestComes();
      for (let statements = 0; read.length === 0 && statements < 10_000; statements += 1)
        await sql`select count(*) from audit_events`.execute(tx);
      return [...read];
    });
    await reading;
    expect(seen).toEqual([[]]);
    expect(await settingOfChange()).toEqual([{ value: 'new' }]);
  });

  it('other changes wait for their turn', async () => {
    const { store } = database;
    const order: string[] = [];
    const change = (name: string) =>
      store.change(systemOrigin, async (tx, record) => {
        order.push(`${name} begins`);
        for (let statements = 0; statements < 1000; statements += 1)
          await sql`select count(*) from audit_events`.execute(tx);
        await record({ action: 'directory.read', facts: {} });
        order.push(`${name} ends`);
      });
    await Promise.all([change('one'), change('other')]);
    expect(order).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
  });
});
