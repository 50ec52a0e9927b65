import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, noChange, openFeedsForTest, pageOf } from './feeds-for-test.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
/** What the directory has, by key. */
let entries: Map<string, ExternalAccount>;
let feeds: ReturnType<typeof test.started>;

const entry = (key: string, userName: string, more: Partial<ExternalAccount> = {}) => {
  entries.set(key, { ...accountForTest(userName), key, displayName: `Person ${key}`, ...more });
};
const others = Array.from({ length: 600 }, (_each, at) => [`other-${at}`, `user${at}`] as const);

beforeEach(async () => {
  test = await openFeedsForTest();
  entries = new Map();
});
afterEach(async () => {
  await feeds.stop();
  await test.desk.close();
});

/** Starts feeds of a directory with these entries, which tells all of them as changed at each read of changes. */
async function start(...names: readonly (readonly [key: string, userName: string])[]) {
  for (const [key, userName] of names) entry(key, userName);
  let gone: string[] = [];
  const directory = directoryWith('one', {
    async *readAll() {
      yield pageOf([...entries.values()]);
    },
    changesSince: (cursor: string | null) => {
      const changes = { ...noChange, accounts: cursor === null ? [] : [...entries.values()], goneKeys: gone };
      gone = [];
      return Promise.resolve(changes);
    },
    read: (key: string) => Promise.resolve(entries.get(key) ?? null),
  });
  await test.configure(directory);
  feeds = test.started(directory);
  const readAt = async () =>
    (await test.desk.store.db.selectFrom('directories').select('read_at').executeTakeFirstOrThrow()).read_at;
  const read = async () => {
    test.desk.clock.at += 3_600_000;
    await feeds.readDue(0);
    await expect.poll(readAt).toBe(test.desk.clock.at);
    await feeds.stop();
    feeds = test.started(directory);
  };
  await read();
  return {
    read,
    remove: (key: string) => {
      entries.delete(key);
      gone.push(key);
    },
  };
}
const people = async () =>
  (
    await test.desk.store.db
      .selectFrom('accounts')
      .select(['display_name', 'user_name', 'closed_at'])
      .where('display_name', 'not like', 'Person other%')
      .orderBy('display_name')
      .execute()
  ).map((row) => `${row.display_name}: ${row.user_name}${row.closed_at === null ? '' : ', closed'}`);
const holds = async () =>
  (
    await test.desk.store.db.selectFrom('held_rows').select('reason').where('state', '=', 'open').execute()
  ).map(({ reason }) => reason);

describe('a user name that a directory gives to another person', () => {
  it('is swapped between two people in one read', async () => {
    const { read } = await start(['a', 'ann'], ['b', 'bob']);
    entry('a', 'bob');
    entry('b', 'ann');
    await read();
    expect(await people()).toEqual(['Person a: bob', 'Person b: ann']);
    expect(await holds()).toEqual([]);
  });

  it('is passed on in a circle, however far apart the entries are read', async () => {
    const { read } = await start(['a', 'ann'], ...others, ['b', 'bob'], ['c', 'cid']);
    entry('a', 'bob');
    entry('b', 'cid');
    entry('c', 'ann');
    await read();
    expect(await people()).toEqual(['Person a: bob', 'Person b: cid', 'Person c: ann']);
    expect(await holds()).toEqual([]);
  });

  it.each([
    ['before', ['n', 'a']],
    ['after', ['a', 'n']],
  ])('belongs to a new person who is read %s the one who is renamed', async (_when, order) => {
    const { read } = await start(['a', 'ann']);
    entries.clear();
    for (const key of order) entry(key, key === 'a' ? 'ann.married' : 'ann');
    await read();
    expect(await people()).toEqual(['Person a: ann.married', 'Person n: ann']);
    expect(await holds()).toEqual([]);
  });

  it('belongs to a new person, and the account of the one who is gone is closed under another name', async () => {
    const { read, remove } = await start(['a', 'ann']);
    remove('a');
    entry('n', 'ann');
    await read();
    expect(await people()).toEqual([
      expect.stringMatching(/^Person a: ann~closed-\d{8}, closed$/),
      'Person n: ann',
    ]);
    expect(await holds()).toEqual([]);
  });

  it('waits for a decision while two entries have it, and no longer once one of them has another', async () => {
    const { read } = await start(['a', 'ann'], ['b', 'ann'], ['c', 'cid']);
    expect(await people()).toEqual(['Person a: ann', 'Person c: cid']);
    expect(await holds()).toEqual(['id-differs']);
    await read();
    expect(await holds()).toEqual(['id-differs']);
    entry('a', 'ann2');
    await read();
    expect(await people()).toEqual(['Person a: ann2', 'Person b: ann', 'Person c: cid']);
    expect(await holds()).toEqual([]);
  });
});

it('an entry that a read tells twice is one account, with its latest name', async () => {
  const first = { ...accountForTest('ann'), key: 'a' };
  const directory = directoryWith('one', {
    async *readAll() {
      yield pageOf([first, first, { ...first, userName: 'ann2' }]);
    },
  });
  await test.configure(directory);
  feeds = test.started(directory);
  await feeds.readDue();
  await expect.poll(test.open).toEqual(['ann2']);
});

it('two entries with one employee number and address are two accounts, whenever they are read', async () => {
  const shared = { employeeNumber: '4711', email: 'ann@example.com' };
  const { read } = await start();
  entry('a', 'ann', shared);
  await read();
  entry('b', 'adm-ann', shared);
  await read();
  expect(await people()).toEqual(['Person a: ann', 'Person b: adm-ann']);
  expect(await holds()).toEqual([]);
});
