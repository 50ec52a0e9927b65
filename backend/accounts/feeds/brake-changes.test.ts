import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { heldChangesView } from '../../directories/configured/held-changes-view.ts';
import { openForTest } from '../open-for-test.ts';
import { accountForTest, directoryForTest } from './account-for-test.ts';
import { settleHeldChanges } from './brake-changes.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';

const hour = 3_600_000;
const names = Array.from({ length: 60 }, (_none, at) => `user${String(at).padStart(2, '0')}`);
const phoneOf = (at: number, end: string) => `+49 30 55501${String(at).padStart(2, '0')}${end}`;
const person = (at: number, more: Partial<ExternalAccount> = {}): ExternalAccount => ({
  ...accountForTest(names[at] ?? ''),
  phones: [phoneOf(at, '0')],
  ...more,
});

describe('a directory that changes very many accounts', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let directory: Awaited<ReturnType<typeof directoryForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    directory = await directoryForTest(desk);
    await directory.apply(names.map((_name, at) => person(at)));
    desk.clock.at += hour;
  });
  afterEach(() => desk.close());

  const row = () => desk.store.db.selectFrom('directories').selectAll().executeTakeFirstOrThrow();
  const view = async () => heldChangesView(desk.store, await row());
  /** How many accounts have a number with this end. */
  const withEnd = async (end: string) =>
    (await desk.store.db.selectFrom('accounts').select('phone').execute()).filter(({ phone }) =>
      phone?.endsWith(end),
    ).length;
  const others = (count: number, end = '9', more: Partial<ExternalAccount> = {}) =>
    names.slice(0, count).map((_name, at) => person(at, { phones: [phoneOf(at, end)], ...more }));
  const allow = (until: number) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('directory_held_changes')
        .set({ allowed_at: desk.clock.at })
        .where('held_at', '<=', until)
        .execute(),
    );
  const settle = () =>
    desk.store.writeUnaudited((tx) =>
      settleHeldChanges(tx, 'one', desk.clock.at, { policy: defaultPolicy.accounts, now: desk.clock.at }),
    );

  it('changes few of them at once', async () => {
    await directory.apply(others(4));
    expect(await withEnd('9')).toBe(4);
    expect(await view()).toBeNull();
  });

  it('keeps the former contact data, tells the administrators once, and shows what would change, masked', async () => {
    const sales = { department: 'Sales', disabled: true };
    await directory.apply(others(30, '9', sales));
    await directory.apply(others(31, '9', sales));
    expect(await withEnd('9')).toBe(0);
    expect(directory.told).toEqual(['one']);
    const held = await view();
    expect(held).toMatchObject({ accounts: 31, counts: { contact: 31, tier: 0, manager: 0 } });
    expect(held?.examples).toHaveLength(20);
    const [change] = held?.examples[0]?.changes ?? [];
    expect(change).toMatchObject({ field: 'phone' });
    expect(change?.to).not.toContain('5550100');
    // What else the directory says takes effect.
    const { department, disabled } = await desk.store.db
      .selectFrom('accounts')
      .select(['department', 'disabled'])
      .where('user_name', '=', names[29] ?? '')
      .executeTakeFirstOrThrow();
    expect([department, disabled]).toEqual(['Sales', 1]);
  });

  it('counts the changes of an hour together, and each account once', async () => {
    await directory.apply(others(3));
    await directory.apply(others(3, '8'));
    await directory.apply(
      names.slice(3, 6).map((_name, at) => person(at + 3, { phones: [phoneOf(at + 3, '8')] })),
    );
    expect(await withEnd('8')).toBe(3);
    expect((await view())?.accounts).toBe(3);
  });

  it('makes the changes that were shown and allowed, which then wait as changed contact data does', async () => {
    await directory.apply(others(30));
    await allow(desk.clock.at);
    desk.clock.at += 1000;
    await directory.apply(others(30));
    expect(await withEnd('9')).toBe(30);
    expect(await view()).toBeNull();
    const { phone_changed_at: at } = await desk.store.db
      .selectFrom('accounts')
      .select('phone_changed_at')
      .where('user_name', '=', names[0] ?? '')
      .executeTakeFirstOrThrow();
    expect(at).toBe(desk.clock.at);
  });

  it('does not make other changes than those that were allowed', async () => {
    await directory.apply(others(30));
    await allow(desk.clock.at);
    desk.clock.at += 1000;
    await directory.apply(others(30, '7'));
    expect(await withEnd('7')).toBe(0);
    expect((await view())?.accounts).toBe(30);
  });

  it('does not make changes that were held after the view that was allowed', async () => {
    await directory.apply(others(30));
    const until = desk.clock.at;
    desk.clock.at += 1000;
    await directory.apply(others(31));
    await allow(until);
    await directory.apply(others(31));
    expect(await withEnd('9')).toBe(30);
    expect((await view())?.accounts).toBe(1);
  });

  it('ends the wait by itself once the directory has the former data again', async () => {
    await directory.apply(others(30));
    await directory.apply(names.map((_name, at) => person(at)));
    expect(await view()).toBeNull();
    await directory.apply(others(1));
    expect(await withEnd('9')).toBe(1);
  });

  it('ends the wait after a read of all accounts if what is left is few', async () => {
    await directory.apply(others(30));
    await directory.apply(names.map((_name, at) => person(at)).slice(3));
    expect((await view())?.accounts).toBe(3);
    expect(await settle()).toBe(true);
    expect(await view()).toBeNull();
    await directory.apply(others(3));
    expect(await withEnd('9')).toBe(3);
  });

  it('keeps waiting after a read of all accounts if what is left is many', async () => {
    await directory.apply(others(30));
    expect(await settle()).toBe(false);
    expect((await view())?.accounts).toBe(30);
  });

  it('holds weaker tiers, and lets stronger ones take effect', async () => {
    const tier = async () =>
      (await desk.store.db.selectFrom('accounts').select('tier').where('tier', '=', 'privileged').execute())
        .length;
    await directory.apply(names.map((_name, at) => person(at, { isPrivileged: true })));
    expect(await tier()).toBe(60);
    desk.clock.at += 2 * hour;
    await directory.apply(names.map((_name, at) => person(at)));
    expect(await tier()).toBe(60);
    expect((await view())?.counts).toEqual({ contact: 0, tier: 60, manager: 0 });
  });

  it('does not hold what was announced', async () => {
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('known_changes')
        .values({
          id: 'announced',
          kind: 'phone-prefix',
          from_value: '+49 30 55501',
          to_value: '+49 30 66601',
          reason: 'A new exchange',
          announced_by: 'Ann',
          announced_at: desk.clock.at,
          until: desk.clock.at + hour,
          withdrawn_at: null,
        })
        .execute(),
    );
    await directory.apply(
      names.map((_name, at) => person(at, { phones: [phoneOf(at, '0').replace('55501', '66601')] })),
    );
    expect(await view()).toBeNull();
    const phones = await desk.store.db.selectFrom('accounts').select('phone').execute();
    expect(phones.every(({ phone }) => phone?.includes('66601'))).toBe(true);
  });
});
