import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest, operator } from '../accounts/open-for-test.ts';
import type { AccountRow } from '../directories/directory.ts';
import { createKeyedHash } from '../store/keyed-hash.ts';
import { createUserSessions, type UserSession, type UserSessions } from './user-sessions.ts';

const [minute, hour] = [60_000, 3_600_000];
const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1 },
} as const;

describe("a user's session on the pages", () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let sessions: UserSessions;
  let account: AccountRow;
  let other: AccountRow;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.importCsv('m.okafor,Marlene Okafor\nb.two,Bo Two', mapping);
    sessions = createUserSessions({ ...desk, keyed: createKeyedHash(Buffer.alloc(32, 7)) });
    [other, account] = (await desk.store.db
      .selectFrom('accounts')
      .selectAll()
      .orderBy('user_name')
      .execute()) as [AccountRow, AccountRow];
  });
  afterEach(() => desk.close());
  const open = async (stage = { mustChange: false, needsCode: false }, of = account) =>
    (await sessions.open(of, stage)).token.expose();
  const found = async (token: string): Promise<UserSession> => {
    const session = await sessions.find(token);
    if (session === null) throw new Error('The session has ended');
    return session;
  };
  const isOpen = async (token: string) => (await sessions.find(token)) !== null;
  const setTemporaryUntil = (until: number) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('account_credentials')
        .values({
          account_id: account.id,
          password_hash: 'h',
          set_at: 0,
          must_change: 1,
          temporary_until: until,
        })
        .execute(),
    );

  it.each([
    ['that is signed in lasts a working day', { mustChange: false, needsCode: false }, 8 * hour],
    ['that chooses a password lasts 15 minutes', { mustChange: true, needsCode: false }, 15 * minute],
    ['that enters a code lasts 5 minutes', { mustChange: false, needsCode: true }, 5 * minute],
    [
      'that enters a code before it chooses lasts 5 minutes',
      { mustChange: true, needsCode: true },
      5 * minute,
    ],
  ])('%s', async (_what, stage, life) => {
    const token = await open(stage);
    desk.clock.at += life - 1;
    expect(await isOpen(token)).toBe(true);
    desk.clock.at += 1;
    expect(await isOpen(token)).toBe(false);
  });
  it.each([
    ['as long as its temporary password', 20 * minute, 20 * minute],
    ['an hour at most', 5 * hour, hour],
    ['a second at least', 0, 1000],
  ])('that changes a temporary password lasts %s', async (_what, valid, life) => {
    await setTemporaryUntil(desk.clock.at + valid);
    const { seconds } = await sessions.open(account, { mustChange: true });
    expect(seconds).toBe(life / 1000);
  });

  it.each<[string, Partial<AccountRow>]>([
    ['disabled', { disabled: 1 }],
    ['frozen', { frozen_at: 1 }],
    ['expired', { expires_at: Date.parse('2026-03-01T09:00:00Z') }],
  ])('does not work while its account is %s', async (_status, change) => {
    const token = await open();
    await desk.store.writeUnaudited((tx) =>
      tx.updateTable('accounts').set(change).where('id', '=', account.id).execute(),
    );
    expect(await isOpen(token)).toBe(false);
  });
  it.each(['', 'another token', undefined])('is not found by %j', async (token) => {
    await open();
    expect(await sessions.find(token)).toBeNull();
  });
  it('is stored without its token', async () => {
    const token = await open();
    const rows = await desk.store.db.selectFrom('user_sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });
  it.each([
    { mustChange: false, needsCode: false },
    { mustChange: true, needsCode: false },
    { mustChange: false, needsCode: true },
    { mustChange: true, needsCode: true },
  ])('says what it is for: %j', async (stage) => {
    expect(await found(await open(stage))).toMatchObject(stage);
  });
  it.each([
    [true, 20 * minute],
    [false, null],
  ])('says until when a temporary password that must be changed is valid: %j', async (mustChange, valid) => {
    await setTemporaryUntil(desk.clock.at + 20 * minute);
    const { temporaryUntil } = await found(await open({ mustChange, needsCode: false }));
    expect(temporaryUntil).toBe(valid === null ? null : desk.clock.at + valid);
  });

  it('is not listed before its code was entered', async () => {
    await open({ mustChange: false, needsCode: true });
    expect(await sessions.list(account.id)).toEqual([]);
  });
  it('is listed only to its own account until its end', async () => {
    await open();
    expect(await sessions.list(account.id)).toHaveLength(1);
    expect(await sessions.list(other.id)).toEqual([]);
    desk.clock.at += 8 * hour;
    expect(await sessions.list(account.id)).toEqual([]);
  });
  it('is listed by its last use, the newest first', async () => {
    const [first, last] = [await open(), await open()];
    desk.clock.at += minute + 1;
    await sessions.find(first);
    const ids = [(await found(first)).id, (await found(last)).id];
    await desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('user_sessions')
        .set({ last_used_at: desk.clock.at - hour })
        .where('id', '=', ids[1] ?? '')
        .execute(),
    );
    expect((await sessions.list(account.id)).map(({ id }) => id)).toEqual(ids);
  });

  it('ends alone when its user signs out', async () => {
    const [first, second] = [await open(), await open()];
    await sessions.end(await found(first), operator);
    expect([await isOpen(first), await isOpen(second)]).toEqual([false, true]);
  });
  it('ends the other sessions of its account alone', async () => {
    const [own, second, third] = [await open(), await open(), await open()];
    const strange = await open(undefined, other);
    expect(await sessions.endOthers(await found(own), 'all', operator)).toBe(2);
    expect(await Promise.all([own, second, third, strange].map(isOpen))).toEqual([true, false, false, true]);
  });
  it('ends another one of its account', async () => {
    const [own, second, third] = [await open(), await open(), await open()];
    const { id } = await found(second);
    expect(await sessions.endOthers(await found(own), { id }, operator)).toBe(1);
    expect(await Promise.all([own, second, third].map(isOpen))).toEqual([true, false, true]);
  });
  it('does not end one of another account', async () => {
    const [own, strange] = [await open(), await open(undefined, other)];
    const { id } = await found(strange);
    await sessions.endOthers(await found(own), { id }, operator);
    expect(await isOpen(strange)).toBe(true);
  });
});
