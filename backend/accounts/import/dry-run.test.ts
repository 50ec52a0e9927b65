import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportField, ImportMapping } from '../../../shared/api/import-file.ts';
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

describe('a file that was read', () => {
  it('changes no account before it is confirmed', async () => {
    await desk.importCsv('1,ann,Ann One,ann@example.com,,,', people);
    const before = await accounts();
    const view = await desk.analyseCsv('1,ann,Ann Two,new@example.com,,,\n2,bo,Bo Two,,,,', people);
    expect(view).toMatchObject({ state: 'ready', created: 1, changed: 1 });
    expect(await accounts()).toEqual(before);
    const { rows } = await desk.imports.rows(view.id, 'changed', 0, 10);
    expect(rows).toMatchObject([
      {
        line: 1,
        userName: 'ann',
        changes: [
          { field: 'displayName', from: 'Ann One', to: 'Ann Two' },
          { field: 'email', from: 'a•••@example.com', to: 'n•••@example.com' },
        ].map(({ field }) => ({ field })),
      },
    ]);
  });

  it('has to be read again after another import', async () => {
    const { id } = await desk.analyseCsv('1,ann,Ann One,,,,', people);
    later();
    await desk.importCsv('2,bo,Bo Two,,,,', people);
    await expect(desk.imports.confirm(id, operator)).rejects.toMatchObject({ code: 'import.stale' });
  });

  it('is dropped if it is not confirmed within a day', async () => {
    const { id } = await desk.analyseCsv('1,ann,Ann One,,,,', people);
    desk.clock.at += 24 * 3_600_000 + 1;
    await desk.imports.sweep();
    expect((await desk.imports.get(id)).state).toBe('cancelled');
    await expect(desk.imports.confirm(id, operator)).rejects.toMatchObject({ code: 'import.settled' });
  });

  it('counts every row once: new, changed, unchanged, held or refused', async () => {
    const value = <T extends string>(...values: T[]) => constantFrom('', ...values);
    const row = record({
      id: value('1', '2', '3'),
      userName: value('ann', 'bo', 'cy'),
      displayName: constantFrom('Ann One', 'Bo Two'),
      email: value('a@example.com', 'b@example.com'),
      phone: value('+49 151 5550110'),
      employeeNumber: value('n1', 'n2'),
      manager: value('Ann One'),
    });
    const lone = {
      id: '',
      userName: '',
      displayName: 'Ann One',
      email: '',
      phone: '',
      employeeNumber: '',
      manager: '',
    } as const;
    await assert(
      asyncProperty(array(row, { maxLength: 8 }), async (rows) => {
        later();
        const csv = rows.map((cells) => Object.values(cells).join(',')).join('\n');
        const view = await desk.importCsv(csv, people);
        const { created, changed, unchanged, held, refused } = view;
        expect(view.state).toBe('finished');
        expect(created + changed + unchanged + held + refused).toBe(view.rows);
        // A lone cell before the table is its title.
        const skipped = (await desk.imports.warnings(view.id)).find(
          ({ reason }) => reason === 'line-skipped',
        );
        expect(view.rows + (skipped?.rows ?? 0)).toBe(rows.length);
      }),
      { numRuns: 60, examples: [[[lone, { ...lone, userName: 'ann' }]]] },
    );
  });
});

describe('one person', () => {
  it('whose address and number are written otherwise has no changed contact data', async () => {
    const fields = mappingOf(['userName', 'displayName', 'email', 'phone']);
    await desk.importCsv('case1,Case One,Case.One@Example.com,0151 5550110', fields);
    later();
    const view = await desk.importCsv('case1,Case One,case.one@example.com,+49 151 5550110', fields);
    expect(view.counts).toMatchObject({ contact: 0 });
    const { id, email_changed_at, phone_changed_at } = await account('case1');
    expect([email_changed_at, phone_changed_at]).toEqual([null, null]);
    expect(await eventsOf(id)).toEqual([]);
  });

  it('with the same id in another notation is renamed', async () => {
    const fields = mappingOf(['userName', 'displayName', 'email', 'id']);
    const guid = '6f1d8a8a-2b8c-4e59-8a11-0000000000ff';
    await desk.importCsv(`mmarried,Mia Maiden,mia@example.com,${guid}`, fields);
    await desk.importCsv(`mia.married,Mia Married,mia@example.com,{${guid.toUpperCase()}}`, fields);
    expect(await accounts()).toMatchObject([{ user_name: 'mia.married', source_id: guid }]);
  });

  it('from two exports is not two accounts', async () => {
    const fields = mappingOf(['userName', 'displayName', 'email', 'id']);
    await desk.importCsv('twin1,Twin One,twin1@example.com,aaaa1111-0000-0000-0000-000000000001', fields);
    const view = await desk.importCsv(
      'twin1@example.com,Twin One,twin1@example.com,bbbb2222-0000-0000-0000-000000000001',
      fields,
    );
    expect(view).toMatchObject({ created: 0, held: 1 });
    expect(await accounts()).toHaveLength(1);
  });

  it('has an id of the server’s own, whatever the source’s id is', async () => {
    const fields = mappingOf(['userName', 'displayName', 'id']);
    await desk.importCsv(`id1,Id Dots,..\nid2,Id Slash,a/b c?#%2f\nid3,Id Long,${'x'.repeat(190)}`, fields);
    for (const { id, source_id } of await accounts()) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      expect(source_id).not.toBeNull();
    }
  });

  it.each([
    ['by which the person has left', 'Disabled,'],
    ['that ends', 'Active,2026-12-31'],
  ])('with a second row %s is held, whichever comes first', async (_what, other) => {
    const fields = mappingOf(['userName', 'displayName', 'status', 'expiresAt']);
    for (const rows of [
      ['dup,Dup One,Active,', `dup,Dup One,${other}`],
      [`DUP,Dup One,${other}`, 'dup,Dup One,Active,'],
    ]) {
      const view = await desk.importCsv(rows.join('\n'), fields);
      expect(view).toMatchObject({ rows: 2, created: 0, held: 2, refused: 0 });
      later();
    }
  });

  it('keeps the zeros before its employee number when a spreadsheet has dropped them', async () => {
    const fields = mappingOf(['userName', 'displayName', 'employeeNumber']);
    await desk.importCsv('nora,Nora One,004711', fields);
    later();
    expect(await desk.importCsv('nora,Nora One,4711', fields)).toMatchObject({ unchanged: 1, held: 0 });
    expect((await account('nora')).employee_number).toBe('004711');
    later();
    expect(await desk.importCsv('nora,Nora One,4712', fields)).toMatchObject({ held: 1 });
  });

  it('has a manager by distinguished name, address, user name, number or name in any order and case', async () => {
    const fields = mappingOf(['userName', 'displayName', 'email', 'manager', 'employeeNumber']);
    const managers = [
      '"CN=Eeva Salo,OU=Staff"',
      '"Salo, Eeva"',
      'EEVA SALO',
      'CORP\\esalo',
      'eeva.salo@example.com',
      'Eeva Salo (100002)',
      '100002',
      '0100002',
      '100-002',
      '"Salo, Eeva (IT)"',
      'Dr. Eeva Salo',
      'esalo - Eeva Salo',
      '"uid=esalo,ou=people"',
    ];
    const rows = managers.map((manager, at) => `v${at},Toni Virta${at},v${at}@example.com,${manager},`);
    const csv = [
      ...rows,
      'esalo,Eeva Salo,eeva.salo@example.com,,100002',
      'w,Wim,w@example.com,Nobody Known',
      'x,Xia,x@example.com,Eeva Salo (100003)',
    ];
    const view = await desk.importCsv(csv.join('\n'), fields);
    const salo = await account('esalo');
    for (const at of managers.keys()) expect((await account(`v${at}`)).manager_id).toBe(salo.id);
    expect(await desk.imports.warnings(view.id)).toMatchObject([
      { reason: 'manager-not-found', value: 'Nobody Known', rows: 1 },
      // The number says that another person of this name is meant.
      { reason: 'manager-not-found', value: 'Eeva Salo (100003)', rows: 1 },
    ]);
  });

  it('with the same manager named otherwise has no new manager', async () => {
    const fields = mappingOf(['userName', 'displayName', 'manager']);
    await desk.importCsv('ann,Ann One,Eeva Salo', fields);
    later();
    const view = await desk.importCsv('ann,Ann One,"CN=Eeva Salo,OU=Staff"', fields);
    expect(view.counts).toMatchObject({ manager: 0 });
    expect((await account('ann')).manager_changed_at).toBeNull();
  });
});

describe('a complete file', () => {
  const fields = mappingOf(['userName', 'displayName']);
  const complete = { source: 'hr', complete: true };

  it('closes and reopens the accounts of its source by whether they are in the file', async () => {
    await desk.importCsv('other,Other Source', fields);
    await desk.importCsv('stay,Stay Here\nleave,Leave Now', fields, undefined, complete);
    const view = await desk.analyseCsv('stay,Stay Here', fields, undefined, complete);
    expect(view).toMatchObject({ closed: 1, unchanged: 1, massChanges: [] });
    await desk.imports.confirm(view.id, operator);
    await desk.imports.applied();
    expect(await account('leave')).toMatchObject({ disabled: 1, closed_at: desk.clock.at });
    expect(await account('other')).toMatchObject({ disabled: 0, closed_at: null });
    later();
    await desk.importCsv('stay,Stay Here\nleave,Leave Now', fields, undefined, complete);
    expect(await account('leave')).toMatchObject({ disabled: 0, closed_at: null });
  });

  it('asks for a confirmation when many accounts are missing or a row was refused', async () => {
    const rows = Array.from({ length: 20 }, (_row, at) => `u${at},User ${at}`);
    await desk.importCsv(rows.join('\n'), fields, undefined, complete);
    expect(await desk.analyseCsv('u0,User 0', fields, undefined, complete)).toMatchObject({
      closed: 19,
      massChanges: ['closed'],
    });
    const most = [...rows.slice(0, 19), ',No Name'].join('\n');
    expect(await desk.analyseCsv(most, fields, undefined, complete)).toMatchObject({
      closed: 1,
      massChanges: ['closed-despite-refused'],
    });
  });
});
