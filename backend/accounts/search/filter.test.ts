import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountStatuses, type AccountFilter } from '../../../shared/api/account.ts';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import { openForTest, operator } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, department: 2, tier: 3, status: 4, expiresAt: 5, startsAt: 6 },
};
const lockFor = 900;

describe('a filter of the search', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeAll(async () => {
    desk = await openForTest();
    await desk.importCsv(
      [
        'm1,Ann Muller,Finance,standard,active,,',
        'm2,Bob Muller,Finance,privileged,active,,',
        'm3,Cid Muller,IT,sensitive,disabled,,',
        'm4,Dan Muller,IT,standard,locked,,',
        'm5,Eve Muller,,standard,active,2026-01-01,',
        'm6,Fay Muller,Sales,standard,active,,',
        'm7,Gus Mueler,Sales,privileged,active,,',
        'm8,Hal Muller,Sales,standard,active,,',
        'm9,Ian Muller,Sales,standard,active,,',
        'm10,Joy Muller,,standard,active,,2026-04-01',
      ].join('\n'),
      mapping,
    );
    const set = (userName: string, values: object) =>
      desk.store.writeUnaudited((tx) =>
        tx.updateTable('accounts').set(values).where('user_name', '=', userName).execute(),
      );
    const { at } = desk.clock;
    await set('m6', { frozen_at: at });
    await set('m8', { locked_since: at - 1000, failed_sign_ins: 5 });
    // This lock has ended.
    await set('m9', { locked_since: at - lockFor * 1000, failed_sign_ins: 5 });
    await set('m1', { local_password: 0 });
  });
  afterAll(() => desk.close());
  const searchWith = (text: string, filter: AccountFilter, limit = 20) =>
    desk.search.search(text, limit, lockFor, { scope: everyAccount }, { filter });
  const names = async (text: string, filter: AccountFilter) =>
    (await searchWith(text, filter)).hits.map(({ userName }) => userName);

  it.each(accountStatuses)('lists the accounts that are %s, as their hits say', async (status) => {
    const all = (await searchWith('muller', {})).hits.filter(({ similar }) => similar === null);
    const wanted = all.filter(({ statuses }) => statuses.includes(status)).map(({ userName }) => userName);
    expect(wanted).not.toEqual([]);
    expect(await names('muller', { status })).toEqual(expect.arrayContaining(wanted));
    for (const { statuses } of (await searchWith('muller', { status })).hits)
      expect(statuses).toContain(status);
  });

  it('narrows hits by tier and department together', async () => {
    expect(await names('muller', { tier: 'privileged', department: 'Finance' })).toEqual(['m2']);
    expect(await names('muller', { department: 'IT' })).toEqual(['m3', 'm4']);
  });

  it('narrows hits by user name and similar names as well', async () => {
    expect(await names('m', { tier: 'privileged' })).toEqual(['m2', 'm7']);
    expect(await names('muler', { department: 'Sales', tier: 'privileged' })).toEqual(['m7']);
  });

  it('keeps accounts of the built-in directory apart from those of another', async () => {
    expect(await names('muller', { directory: 'another' })).toEqual([]);
    expect(await names('ann muller', { directory: 'built-in' })).toEqual(['m1']);
  });

  it('offers the departments of the matches, the most frequent first', async () => {
    const { choices } = await desk.search.search('muller', 1, lockFor, undefined, { choices: true });
    expect(choices).toEqual({
      departments: ['Sales', 'Finance', 'IT'],
      directories: [{ id: 'built-in', name: null }],
    });
  });

  describe('among many matches', () => {
    const newest = 'zz9999,Zoe Zander,Legal,privileged,disabled,';
    beforeAll(async () => {
      const many = Array.from({ length: 1500 }, (_, at) => `zz${at},Zoe Zander,IT,standard,active,`);
      await desk.importCsv([...many, newest].join('\n'), mapping);
    });

    it.each<AccountFilter>([
      { department: 'Legal' },
      { tier: 'privileged' },
      { status: 'disabled' },
      { status: 'disabled', department: 'Legal' },
    ])('finds the last of them by %j', async (filter) => {
      for (const text of ['zander', 'z', 'zoe zander', 'zz9', 'zoe zandr'])
        expect([text, await searchWith(text, filter)]).toMatchObject([
          text,
          { hits: [{ userName: 'zz9999' }], more: false },
        ]);
    });

    it('finds them by values that changed, and no longer by the former ones', async () => {
      const moved = await desk.importCsv('zz9999,Zoe Zander,Archive,privileged,disabled,', mapping);
      expect(await names('zander', { department: 'Archive' })).toEqual(['zz9999']);
      expect(await names('zander', { department: 'Legal' })).toEqual([]);
      const lowered = await desk.importCsv('zz9999,Zoe Zander,Archive,sensitive,disabled,', mapping);
      expect(await names('zander', { department: 'Archive', tier: 'sensitive' })).toEqual(['zz9999']);
      expect(await names('zander', { tier: 'privileged' })).toEqual([]);
      for (const { id } of [lowered, moved]) await desk.imports.undo(id, operator);
      expect(await names('zander', { department: 'Legal', tier: 'privileged' })).toEqual(['zz9999']);
      expect(await names('zander', { department: 'Archive' })).toEqual([]);
    });

    it('says that a filter without an index was applied to the first thousand of them only', async () => {
      await desk.store.writeUnaudited((tx) =>
        tx.updateTable('accounts').set({ disabled: 1 }).where('user_name', '!=', 'zz700').execute(),
      );
      expect(await searchWith('zander', { status: 'active' })).toMatchObject({
        hits: [{ userName: 'zz700' }],
        more: true,
      });
      expect(await searchWith('zz70', { status: 'active' })).toMatchObject({
        hits: [{ userName: 'zz700' }],
        more: false,
      });
      await desk.store.writeUnaudited((tx) => tx.updateTable('accounts').set({ disabled: 1 }).execute());
      expect(await searchWith('zander', { status: 'active' })).toMatchObject({ hits: [], more: true });
      expect(await searchWith('zander', { status: 'active', department: 'Legal' })).toMatchObject({
        hits: [],
        more: false,
      });
    });
  });
});
