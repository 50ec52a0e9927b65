import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { effectiveTier } from '../../directories/effective-tier.ts';
import { openForTest } from '../open-for-test.ts';
import { samplesMapping } from './samples.ts';

const mapping = { ...samplesMapping, header: true };
const header = 'id,user,name,email,phone,number,department,manager,tier,status';
const before = {
  id: 'acc-1',
  user: 'ann',
  name: 'Ann Example',
  email: 'ann@example.com',
  phone: '+49 30 555 0100',
  number: 'E1',
  department: 'Sales',
  manager: 'bob',
  tier: 'privileged',
  status: 'disabled',
};
const csvOf = (row: typeof before) => `${header}\n${Object.values(row).join(',')}\n`;

describe('a change of an account by an import', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.importCsv(csvOf(before), mapping);
    desk.clock.at += 1000;
  });
  afterEach(() => desk.close());

  const account = () => desk.store.db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow();
  const events = async () =>
    (
      await desk.store.db
        .selectFrom('audit_events')
        .selectAll()
        .where('account_id', '=', (await account()).id)
        .where('action', 'in', ['account.details-changed', 'account.contact-changed'])
        .execute()
    ).map(({ action, facts }) => ({ action, ...(JSON.parse(facts) as object) }));

  it.each([
    ['user', 'ann2', { userNameFrom: 'ann', userNameTo: 'ann2' }, 'user_name_changed_at'],
    ['name', 'Ann Other', { displayNameFrom: 'Ann Example', displayNameTo: 'Ann Other' }, null],
    ['number', 'E2', { employeeNumberFrom: 'E1', employeeNumberTo: 'E2' }, null],
    ['department', 'Finance', { departmentFrom: 'Sales', departmentTo: 'Finance' }, null],
    ['manager', 'eve', { managerFrom: 'bob', managerTo: 'eve' }, 'manager_changed_at'],
    ['tier', 'standard', { tierFrom: 'privileged', tierTo: 'standard' }, 'tier_changed_at'],
    ['status', 'active', { statusFrom: 'disabled', statusTo: 'active' }, 'enabled_at'],
  ] as const)('of its %s is an event with both values', async (field, value, facts, stamp) => {
    await desk.importCsv(csvOf({ ...before, [field]: value }), mapping);
    expect(await events()).toEqual([
      { action: 'account.details-changed', importId: expect.any(String) as string, ...facts },
    ]);
    const row = await account();
    const stamps = ['user_name_changed_at', 'manager_changed_at', 'tier_changed_at', 'enabled_at'] as const;
    expect(stamps.filter((name) => row[name] === desk.clock.at)).toEqual(stamp === null ? [] : [stamp]);
  });

  it.each([
    ['expiresAt', '2026-01-01', '2099-01-01'],
    ['localPassword', 'no', 'yes'],
    ['status', 'disabled', 'active'],
  ] as const)('that lets its owner sign in again by its %s has the date of that', async (field, from, to) => {
    const columns = { id: 0, userName: 1, displayName: 2, [field]: 3 };
    const set = (value: string) =>
      desk.importCsv(`id,user,name,${field}\nacc-1,ann,Ann Example,${value}\n`, { ...mapping, columns });
    await desk.importCsv(csvOf({ ...before, status: 'active' }), mapping);
    await set(from);
    desk.clock.at += 1000;
    await set(to);
    expect((await account()).enabled_at).toBe(desk.clock.at);
    desk.clock.at += 1000;
    await set(to);
    expect((await account()).enabled_at).toBe(desk.clock.at - 1000);
  });

  it.each([
    ['email', 'new@example.com', { emailFrom: 'a•••••@example.com', emailTo: 'n•••••@example.com' }],
    ['phone', '+49 30 555 0777', { phoneFrom: '+49 ••• •••• 100', phoneTo: '+49 ••• •••• 777' }],
  ] as const)('of its %s is an event with both values masked', async (field, value, facts) => {
    await desk.importCsv(csvOf({ ...before, [field]: value }), mapping);
    expect(await events()).toMatchObject([{ action: 'account.contact-changed', ...facts }]);
  });

  it('is none when the file repeats what is stored', async () => {
    await desk.importCsv(csvOf(before), mapping);
    expect(await events()).toEqual([]);
  });

  it('keeps the strongest tier of several steps for the cool-down', async () => {
    for (const tier of ['sensitive', 'standard', 'sensitive'])
      await desk.importCsv(csvOf({ ...before, tier }), mapping);
    const row = await account();
    expect(row.tier).toBe('sensitive');
    expect(effectiveTier(row, 60, desk.clock.at + 59_999)).toBe('privileged');
    expect(effectiveTier(row, 60, desk.clock.at + 60_000)).toBe('sensitive');
  });
});
