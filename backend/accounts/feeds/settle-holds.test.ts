import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemOrigin } from '../../store/append-event.ts';
import type { Transaction } from '../../store/store.ts';
import { sourceIdKey } from '../../text/source-id.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, openFeedsForTest } from './feeds-for-test.ts';
import { dropGoneHolds, dropHolds } from './settle-holds.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
const source = 'many';
/** Accounts that are held because others have their user names. */
const held = 300;
const keyOf = (at: number) => `second-${at}`;

beforeAll(async () => {
  test = await openFeedsForTest();
  const accounts = Array.from({ length: held }, (_none, at) => {
    const account = accountForTest(`person.${at}`);
    return [
      { ...account, key: `first-${at}` },
      { ...account, key: keyOf(at) },
    ];
  });
  const directory = directoryWith(source, {
    async *readAll() {
      yield { accounts: accounts.flat(), position: null };
    },
    read: (key) => Promise.resolve(accounts.flat().find((account) => account.key === key) ?? null),
  });
  await test.configure(directory);
  await test.readOnce(directory);
}, 60_000);
afterAll(() => test.desk.close());

const openHolds = () =>
  test.desk.store.db
    .selectFrom('held_rows')
    .select(['source_id', 'source_id_key'])
    .where('source', '=', source)
    .where('state', '=', 'open')
    .execute();

/** The rows that the database answers to the queries of one call. */
async function rowsRead(call: (tx: Transaction) => Promise<void>): Promise<number> {
  let rows = 0;
  await test.desk.store.change(systemOrigin, async (tx, record) => {
    const counting = tx.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => {
        rows += result.rows.length;
        return Promise.resolve(result);
      },
    });
    await call(counting as Transaction);
    await record({ action: 'directory.read', facts: {} });
  });
  return rows;
}

it('a held row has the id of its entry', async () => {
  const holds = await openHolds();
  expect(holds).toHaveLength(held);
  for (const { source_id: id, source_id_key: key } of holds) expect(key).toBe(sourceIdKey(source, id));
});

it('entries that are no longer held end their own rows, and no other one is read', async () => {
  const refused = [1, 2].map((at) => ({
    key: keyOf(at),
    userName: '',
    reason: 'user-name-missing' as const,
    detail: '',
  }));
  const rows = await rowsRead((tx) =>
    dropHolds(tx, source, { applied: [], refused, now: test.desk.clock.at }),
  );
  expect(rows).toBe(2);
  expect(await openHolds()).toHaveLength(held - 2);
});

it('entries that the directory names as gone end their own rows, and no other one is read', async () => {
  const rows = await rowsRead((tx) =>
    dropGoneHolds(tx, source, { keys: [keyOf(3), 'never-there'] }, test.desk.clock.at),
  );
  expect(rows).toBe(1);
  expect(await openHolds()).toHaveLength(held - 3);
});

it('entries that a list of all keys lacks end their rows', async () => {
  const presentKeys = new Set(Array.from({ length: held }, (_none, at) => keyOf(at)).slice(10));
  await rowsRead((tx) => dropGoneHolds(tx, source, { presentKeys }, test.desk.clock.at));
  expect(await openHolds()).toHaveLength(held - 10);
});
