import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportField, ImportMapping } from '../../../shared/api/import-file.ts';
import { effectiveTier } from '../../directories/effective-tier.ts';
import { openForTest, operator } from '../open-for-test.ts';

const mappingOf = (fields: readonly ImportField[]): ImportMapping => ({
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: Object.fromEntries(fields.map((field, at) => [field, at])),
});
const people = mappingOf(['id', 'userName', 'displayName', 'email', 'phone', 'employeeNumber', 'manager']);
let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

const accounts = () => desk.store.db.selectFrom('accounts').selectAll().orderBy('row_id').execute();
const account = async (userName: string) =>
  (await accounts()).find((row) => row.user_name === userName) ?? expect.fail(`no account ${userName}`);
const later = () => {
  desk.clock.at += 1000;
};
const eventsOf = async (accountId: string) =>
  (
    await desk.store.db
      .selectFrom('audit_events')
      .select('action')
      .where('account_id', '=', accountId)
      .execute()
  ).map(({ action }) => action);

describe('an undo', () => {
  it('reverses what the import did, except for what changed since', async () => {
    await desk.importCsv('1,ann,Ann One,ann@example.com,,,\n2,bo,Bo Two,bo@example.com,,,', people);
    const before = await accounts();
    later();
    const done = await desk.importCsv(
      '1,anna,Anna New,anna@example.com,,,Bo Two\n2,bo,Bob Two,bob@example.com,,,\n3,cy,Cy Three,,,,',
      people,
    );
    await desk.store.writeUnaudited((tx) =>
      tx.updateTable('accounts').set({ display_name: 'Bobby' }).where('user_name', '=', 'bo').execute(),
    );
    later();
    const undone = await desk.imports.undo(done.id, operator);
    expect(undone).toMatchObject({ state: 'undone', undone: { restored: 2, kept: 1 } });
    const [ann, bo, cy] = await accounts();
    expect(ann).toEqual({ ...before[0], updated_at: desk.clock.at });
    expect(bo).toMatchObject({ display_name: 'Bobby', email: 'bob@example.com' });
    expect(cy).toMatchObject({ disabled: 1, source_id: null, email_key: null });
    expect(cy?.user_name).toMatch(/^cy~closed-\d{8}$/);
    // The name is found as a similar one at most.
    expect((await desk.find('anna')).filter(({ similar }) => similar === null)).toEqual([]);
    const { rows } = await desk.imports.rows(done.id, 'kept', 0, 10);
    expect(rows).toMatchObject([{ userName: 'bo' }]);
    expect(await eventsOf(ann?.id ?? '')).toContain('account.contact-changed');
    await expect(desk.imports.undo(done.id, operator)).rejects.toMatchObject({ code: 'import.not-undoable' });
  });

  it('dates what was on file for a moment as new, although its first date is days ago', async () => {
    const columns = mappingOf(['id', 'userName', 'displayName', 'email', 'phone', 'manager', 'tier']);
    const stamps = async () => {
      const row = await account('ann');
      return [row.email_changed_at, row.phone_changed_at, row.manager_changed_at, row.tier_changed_at];
    };
    const first = '1,ann,Ann One,ann@example.com,+49 151 5550100,Bo Two,privileged';
    await desk.importCsv(first, columns);
    later();
    await desk.importCsv('1,ann,Ann One,thief@example.com,+49 151 5550199,Eve Other,standard', columns);
    later();
    const hidden = await desk.importCsv(first, columns);
    desk.clock.at += 6 * 24 * 3_600_000;
    await desk.imports.undo(hidden.id, operator);
    expect(await account('ann')).toMatchObject({ email: 'thief@example.com', tier: 'standard' });
    expect(await stamps()).toEqual(Array.from({ length: 4 }, () => desk.clock.at));
  });

  it('keeps the rules of the tier that it lowers for the cool-down', async () => {
    const columns = mappingOf(['id', 'userName', 'displayName', 'tier']);
    await desk.importCsv('1,ann,Ann One,standard', columns);
    later();
    const raising = await desk.importCsv('1,ann,Ann One,privileged', columns);
    desk.clock.at += 6 * 24 * 3_600_000;
    await desk.imports.undo(raising.id, operator);
    const row = await account('ann');
    expect(row.tier).toBe('standard');
    expect(effectiveTier(row, 60, desk.clock.at + 59_999)).toBe('privileged');
  });

  it('dates the account that it enables', async () => {
    const columns = mappingOf(['id', 'userName', 'displayName', 'status']);
    await desk.importCsv('1,ann,Ann One,active', columns);
    later();
    const disabling = await desk.importCsv('1,ann,Ann One,disabled', columns);
    later();
    await desk.imports.undo(disabling.id, operator);
    expect(await account('ann')).toMatchObject({ disabled: 0, enabled_at: desk.clock.at });
  });

  it('leaves an account alone whose former user name another person has got', async () => {
    await desk.importCsv('1,ann,Ann One,ann@example.com,,,', people);
    later();
    const renaming = await desk.importCsv('1,anna,Ann One,ann@example.com,,,', people);
    later();
    await desk.importCsv('2,ann,Abe Two,abe@example.com,,,', people);
    later();
    expect(await desk.imports.undo(renaming.id, operator)).toMatchObject({
      state: 'undone',
      undone: { restored: 0, kept: 1 },
    });
    expect((await accounts()).map((row) => row.user_name)).toEqual(['anna', 'ann']);
  });

  it('is possible for seven days', async () => {
    const { id } = await desk.importCsv('1,ann,Ann One,,,,', people);
    desk.clock.at += 7 * 24 * 3_600_000;
    expect((await desk.imports.get(id)).undoUntil).toBeNull();
    await expect(desk.imports.undo(id, operator)).rejects.toMatchObject({ code: 'import.not-undoable' });
    desk.clock.at += 1;
    await desk.imports.sweep();
    expect(await desk.store.db.selectFrom('import_rows').selectAll().execute()).toEqual([]);
  });
});
