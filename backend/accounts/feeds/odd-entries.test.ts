import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  record,
  oneof,
  type Arbitrary,
} from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedEntriesView } from '../../directories/configured/refused-entries-view.ts';
import { dialectOf } from '../../store/dialect.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, openFeedsForTest, pageOf } from './feeds-for-test.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
beforeAll(async () => {
  test = await openFeedsForTest();
});
afterAll(() => test.desk.close());

/** Characters that people type, that other programs leave behind, and that databases refuse. */
const odd = [
  ...' |\t|\n|\0|\u0001|\u007F|\u0085|\u00A0|\u00AD|\u200B|\u200F|\u202E|\u2028|\uFEFF|\uFFFD|\uE000|\uFFFF'.split(
    '|',
  ),
  ...'\u{1F600}|\u{E0041}|\uD800|\uDC00|\u0301|\u3164|ann|ANN|\uFF21nn|ß|ss|\uFB01|fi|İ|i̇|ı|I|Å|A\u030A|株'.split(
    '|',
  ),
  ...'@|.|,|;|"|=|+|\\|/|#|<|>|&|&amp;|%|_|~|-|:|(|)|*|\'|0|7|1e5|null|none|n/a|example.com'.split('|'),
  '',
  'x'.repeat(130),
  '\uFDFA'.repeat(40),
  Array.from({ length: 995 }, (_none, at) => String.fromCodePoint(0x4e00 + ((at * at * 7919) % 20_000))).join(
    '',
  ),
  'é'.repeat(1100),
];
const text = array(constantFrom(...odd), { maxLength: 4 }).map((parts) => parts.join(''));
const orNull = <T>(of: Arbitrary<T>) =>
  oneof({ weight: 2, arbitrary: of }, { weight: 1, arbitrary: constantFrom(null) });
const time = orNull(
  oneof(
    integer({ min: -1, max: 4_102_444_800_000 }),
    constantFrom(NaN, Infinity, -Infinity, 0.5, -1e15, 9e14, 8.7e15, 1e300, Number.MIN_SAFE_INTEGER),
  ),
);
const key = oneof(
  constantFrom('k1', 'K1', 'k2', 'k3', 'k4'),
  constantFrom(
    '6f1d8a8a-2b8c-4e59-8a11-0000000000ff',
    '6F1D8A8A-2B8C-4E59-8A11-0000000000FF',
    '00000000-0000-0000-0000-000000000000',
  ),
  text,
);
const entry: Arbitrary<ExternalAccount> = record({
  key,
  userName: oneof(constantFrom('ann', 'bob', 'cid', 'dan', 'eve', 'ann@example.com'), text),
  displayName: oneof(constantFrom('Ann One', 'Bob Two'), text),
  email: orNull(oneof(constantFrom('ann@example.com', 'BOB@EXAMPLE.COM'), text)),
  phones: array(oneof(constantFrom('+49 30 5550100'), text), { maxLength: 3 }),
  employeeNumber: orNull(oneof(constantFrom('4711', '004711'), text)),
  department: orNull(text),
  manager: orNull(oneof(key, text)),
  isPrivileged: constantFrom(true, false),
  disabled: constantFrom(true, false),
  expiresAt: time,
  lockedSince: time,
  lockedUntil: time,
  lockedAt: orNull(text),
  passwordSetAt: time,
  mustChange: constantFrom(true, false),
  signsInElsewhere: constantFrom(true, false),
  createdAt: time,
  contactSetAt: record({ email: time, phone: time }),
});

let directories = 0;
/** A directory of its own, whose entries a test reads. */
async function connect() {
  directories += 1;
  const id = `dir${directories}`;
  let entries: readonly ExternalAccount[] = [];
  let failing: string | null = null;
  const directory = directoryWith(id, {
    async *readAll() {
      yield pageOf(entries);
    },
    read: (wanted: string) =>
      wanted === failing
        ? Promise.reject(new DirectoryFault('answer-invalid'))
        : Promise.resolve(entries.findLast((each) => each.key === wanted) ?? null),
  });
  await test.configure(directory);
  const { db } = test.desk.store;
  const row = () => db.selectFrom('directories').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const accounts = () =>
    db.selectFrom('accounts').selectAll().where('directory_id', '=', id).orderBy('row_id').execute();
  const held = () => db.selectFrom('held_rows').selectAll().where('source', '=', id).orderBy('id').execute();
  const events = async () =>
    (await db.selectFrom('audit_events').select(['seq', 'action', 'facts']).orderBy('seq').execute()).filter(
      ({ action, facts }) =>
        action !== 'directory.read' || (JSON.parse(facts) as { complete?: boolean }).complete === true,
    );
  const read = async (next: readonly ExternalAccount[]) => {
    entries = next;
    test.desk.clock.at += 3_600_000;
    await test.desk.store.writeUnaudited((tx) =>
      tx.updateTable('directories').set({ cursor: null }).where('id', '=', id).execute(),
    );
    await test.readOnce(directory);
    expect(await row()).toMatchObject({ read_at: test.desk.clock.at, fault: null });
    const facts = (await events()).findLast(({ action }) => action === 'directory.read')?.facts ?? '{}';
    return JSON.parse(facts) as Record<string, number>;
  };
  const failFor = (wanted: string) => {
    failing = wanted;
  };
  const refused = async () => (await refusedEntriesView(test.desk.store, id))?.entries ?? [];
  return { read, accounts, held, refused, events, failFor };
}

describe('entries with any values', () => {
  it('end every read, and none stops another', async () => {
    await assert(
      asyncProperty(array(entry, { maxLength: 6 }), async (entries) => {
        const plain = [
          { ...accountForTest('plain.one'), key: 'plain 1'.replace(' ', '-') },
          { ...accountForTest('plain.two'), key: 'plain-2' },
        ];
        const all = [...plain.slice(0, 1), ...entries, ...plain.slice(1)];
        const { read, accounts, held, refused: refusedNow, events } = await connect();
        const {
          created = 0,
          changed = 0,
          unchanged = 0,
          held: heldCount = 0,
          refused = 0,
          accounts: count,
        } = await read(all);
        expect(count).toBe(all.length);
        const distinct = new Set(
          all.map((each) => each.key.replace(/^6F1D.*$/, '6f1d8a8a-2b8c-4e59-8a11-0000000000ff')),
        );
        expect(created + changed + unchanged + heldCount + refused).toBe(distinct.size);
        expect(await refusedNow()).toHaveLength(refused);
        const open = (await accounts()).filter((each) => each.closed_at === null);
        expect(open.map((each) => each.user_name)).toEqual(
          expect.arrayContaining(['plain.one', 'plain.two']),
        );
        const before = { accounts: await accounts(), held: await held(), events: (await events()).length };
        await read(all);
        expect(await accounts()).toEqual(before.accounts);
        expect(await held()).toEqual(before.held);
        expect((await events()).length).toBe(before.events + 1);
        const keys = [...new Set(all.map((each) => each.key))];
        const corrected = keys.map((each, at) => ({ ...accountForTest(`person.${at}`), key: each }));
        expect(await read(corrected)).toMatchObject({ held: 0 });
        const isSound = (each: string) => /^[k-p][\w-]+$/.test(each);
        const names = corrected.flatMap((each) => (isSound(each.key) ? [each.userName] : []));
        const after = (await accounts()).filter((each) => each.closed_at === null);
        expect(after.map((each) => each.user_name)).toEqual(expect.arrayContaining(names));
        expect((await held()).filter(({ state }) => state === 'open')).toEqual([]);
      }),
      { numRuns: dialectOf(test.desk.store.db) === 'postgresql' ? 25 : 120 },
    );
  });

  it.each<[string, Partial<ExternalAccount>, Record<string, unknown>]>([
    ['a time that is none', { expiresAt: NaN, lockedSince: NaN, passwordSetAt: 0.5 }, { expires_at: null }],
    ['an end in the year 30828', { expiresAt: 910_692_730_085_477 }, { closed_at: null }],
    ['half a character', { department: 'a\uD83D', manager: '&amp;\uDE00' }, { department: null }],
    ['a name of invisible characters', { displayName: '\u200B\u2060 ' }, { display_name: 'odd' }],
    ['a user name that looks like a rounded number', { userName: '4E7' }, { user_name: '4E7' }],
    ['hundreds of numbers', { phones: Array.from({ length: 400 }, () => 'none') }, { phone: null }],
    ['itself as the manager', { manager: 'odd' }, {}],
    ['a ligature of eighteen letters', { userName: '\uFDFA'.repeat(119) }, { closed_at: null }],
  ])('with %s are in the index', async (_what, values, stored) => {
    const { read, accounts } = await connect();
    const plain = accountForTest('plain');
    await read([
      { ...accountForTest('odd'), key: 'odd', ...values },
      { ...plain, key: 'plain' },
    ]);
    expect(await accounts()).toMatchObject([stored, { user_name: 'plain' }]);
  });

  it('that have one key are one account, which the next read does not write again', async () => {
    const { read, accounts } = await connect();
    const both = ['one', 'two'].map((name) => ({ ...accountForTest(name), key: 'same' }));
    expect(await read(both)).toMatchObject({ created: 1 });
    const before = await accounts();
    expect(before).toMatchObject([{ user_name: 'two' }]);
    expect(await read(both)).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
    expect(await accounts()).toEqual(before);
  });

  it.each(['\0', 'a\0b', '\uD800'])(
    'with the key %j end no read while a decision waits',
    async (unusable) => {
      const { read, refused } = await connect();
      const held = ['one', 'two'].map((name) => ({ ...accountForTest('ann'), key: name }));
      await read(held);
      expect(await read([...held, { ...accountForTest('odd'), key: unusable }])).toMatchObject({
        refused: 1,
      });
      expect(await refused()).toMatchObject([{ userName: 'odd' }]);
    },
  );

  it('with a key that cannot be stored hide no account whose key looks the same', async () => {
    const { read, accounts, refused } = await connect();
    const [one, other] = ['fi', '\uFB01'].map((id, at) => ({ ...accountForTest(`user.${at}`), key: id }));
    for (const told of [
      [one, other],
      [other, one],
    ])
      expect(await read(told.flatMap((each) => each ?? []))).toMatchObject({ refused: 1 });
    expect(await accounts()).toMatchObject([{ user_name: 'user.0', closed_at: null }]);
    expect(await refused()).toMatchObject([{ userName: 'user.1', reason: 'bad-characters' }]);
  });

  it('are shown with the reason until they are corrected or gone', async () => {
    const { read, refused } = await connect();
    const entryOf = (name: string, userName: string) => ({
      ...accountForTest('x'),
      displayName: 'X',
      key: name,
      userName,
    });
    await read([
      entryOf('one', 'a\u200Bnn'),
      entryOf('two', ''),
      entryOf('three\uD800', 'cid'),
      entryOf('four', 'd'.repeat(121)),
    ]);
    expect(await refused()).toEqual([
      { userName: 'a[U+200B]nn', reason: 'user-name-characters', detail: 'a[U+200B]nn' },
      { userName: 'cid', reason: 'bad-characters', detail: 'three[U+D800]' },
      { userName: `${'d'.repeat(60)}…`, reason: 'user-name-too-long', detail: `${'d'.repeat(60)}…` },
      { userName: 'two', reason: 'user-name-missing', detail: 'X' },
    ]);
    await read([entryOf('one', 'ann'), entryOf('two', '')]);
    expect(await refused()).toMatchObject([{ userName: 'two' }]);
  });

  it('are held once, and no longer when they cannot be read', async () => {
    const { read, held } = await connect();
    const entryOf = (name: string, userName: string) => ({ ...accountForTest(userName), key: name });
    await read([entryOf('one', 'ann'), entryOf('two', 'ann')]);
    const before = await held();
    expect(before).toMatchObject([{ state: 'open' }]);
    await read([entryOf('zero', 'zoe'), entryOf('one', 'ann'), entryOf('two', 'ann')]);
    expect(await held()).toEqual(before);
    await read([entryOf('one', 'ann'), entryOf('two', 'a nn')]);
    expect(await held()).toMatchObject([{ state: 'dropped' }]);
  });
});

it('an account for which the directory answers with an error stays open, and does not end the read', async () => {
  const { read, accounts, failFor } = await connect();
  const names = ['gone', 'odd', 'stays'].map((name) => ({ ...accountForTest(name), key: name }));
  await read(names);
  failFor('odd');
  await read(names.slice(2));
  expect((await accounts()).map((each) => each.closed_at === null)).toEqual([false, true, true]);
});
