import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, noChange, openFeedsForTest, pageOf } from './feeds-for-test.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
let feeds: ReturnType<typeof test.started>;
/** What the directory has; it tells all of it at each read of changes. */
let entries: ExternalAccount[];

const directory = directoryWith('one', {
  async *readAll() {
    yield pageOf(entries);
  },
  changesSince: (cursor) => Promise.resolve({ ...noChange, accounts: cursor === null ? [] : entries }),
  read: (key) => Promise.resolve(entries.find((entry) => entry.key === key) ?? null),
});

beforeEach(async () => {
  test = await openFeedsForTest();
  entries = ['ann', 'bea', 'cid'].map((name) => ({ ...accountForTest(name), key: name }));
  await test.configure(directory);
  feeds = test.started(directory);
  await read();
});
afterEach(async () => {
  await feeds.stop();
  await test.desk.close();
});

/** Reads once; answers the user names of the accounts that were applied. */
async function read(): Promise<string[]> {
  test.desk.clock.at += 60_000;
  const { at } = test.desk.clock;
  await feeds.readDue(0);
  const readAt = () => test.desk.store.db.selectFrom('directories').select('read_at').executeTakeFirst();
  await expect.poll(readAt).toEqual({ read_at: at });
  await feeds.stop();
  feeds = test.started(directory);
  const applied = await test.desk.store.db
    .selectFrom('accounts')
    .innerJoin('directory_accounts', 'account_id', 'accounts.id')
    .select('user_name')
    .where('directory_accounts.read_at', '=', at)
    .orderBy('user_name')
    .execute();
  return applied.map((row) => row.user_name);
}

/** Makes the directory tell something else of an account. */
const tell = (key: string, more: Partial<ExternalAccount>) => {
  entries = entries.map((entry) => (entry.key === key ? { ...entry, ...more } : entry));
};

describe('an account of which a directory tells again', () => {
  it('is not applied again if nothing about it differs', async () => {
    expect(await read()).toEqual([]);
  });

  it.each<[string, Partial<ExternalAccount>]>([
    ['a name', { displayName: 'Ann' }],
    ['a number', { phones: ['+49 30 5550100'] }],
    ['a status', { disabled: true }],
    ['a time', { contactSetAt: { email: 1, phone: null } }],
  ])('is applied once if %s differs', async (_what, more) => {
    tell('ann', more);
    expect(await read()).toEqual(['ann']);
    expect(await read()).toEqual([]);
  });

  it('is applied if its state was changed here in the meantime', async () => {
    const { store } = test.desk;
    await store.writeUnaudited((tx) =>
      tx
        .updateTable('directory_accounts')
        .set({ must_change: 1 })
        .where('account_id', '=', (query) =>
          query.selectFrom('accounts').select('id').where('user_name', '=', 'ann'),
        )
        .execute(),
    );
    await store.writeUnaudited((tx) =>
      tx.updateTable('accounts').set({ locked_since: 1 }).where('user_name', '=', 'bea').execute(),
    );
    expect(await read()).toEqual(['ann', 'bea']);
    expect(await read()).toEqual([]);
  });

  it('is applied if its data was changed here in the meantime', async () => {
    const { store, clock } = test.desk;
    await store.writeUnaudited((tx) =>
      tx
        .updateTable('accounts')
        .set({ department: 'Sales', updated_at: clock.at + 1 })
        .where('user_name', '=', 'ann')
        .execute(),
    );
    expect(await read()).toEqual(['ann']);
    expect(await store.db.selectFrom('accounts').select('department').distinct().execute()).toHaveLength(1);
    expect(await read()).toEqual([]);
  });

  it('is applied as it was told last, if it was told differently before in the same answer', async () => {
    const [ann] = entries;
    tell('ann', { displayName: 'Ann Other' });
    entries = [...entries, ...(ann === undefined ? [] : [ann])];
    await read();
    const names = test.desk.store.db.selectFrom('accounts').select('display_name');
    expect(await names.where('user_name', '=', 'ann').execute()).toEqual([
      { display_name: ann?.displayName },
    ]);
  });

  it('is applied if it is closed', async () => {
    await test.desk.store.writeUnaudited((tx) =>
      tx.updateTable('accounts').set({ closed_at: 1 }).where('user_name', '=', 'ann').execute(),
    );
    expect(await read()).toEqual(['ann']);
  });

  it('is applied if it waited for a decision in the meantime, which is dropped', async () => {
    const holds = async () =>
      (await test.desk.store.db.selectFrom('held_rows').select(['reason', 'state']).execute()).map(
        (row) => `${row.reason} ${row.state}`,
      );
    tell('cid', { userName: 'ann' });
    await read();
    expect(await holds()).toEqual(['user-name-taken open']);
    tell('cid', { userName: 'cid' });
    expect(await read()).toEqual(['cid']);
    expect(await holds()).toEqual(['user-name-taken dropped']);
  });

  it('is applied if it was refused in the meantime', async () => {
    tell('ann', { userName: 'a nn' });
    await read();
    const refused = () => test.desk.store.db.selectFrom('directory_refused_entries').select('key').execute();
    expect(await refused()).toHaveLength(1);
    tell('ann', { userName: 'ann' });
    expect(await read()).toEqual(['ann']);
    expect(await refused()).toEqual([]);
  });
});
