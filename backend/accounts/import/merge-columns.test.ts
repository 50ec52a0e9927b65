import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFields, type ImportField, type ImportMapping } from '../../../shared/api/import-file.ts';
import { openForTest } from '../open-for-test.ts';
import { readAccount, type Refused } from './read-account.ts';

/** An account with a value in every column, and another value for each. */
const cells = {
  id: ['hr-1', 'hr-1'],
  userName: ['m.okafor', 'marlene'],
  displayName: ['Marlene Okafor', 'Marlene Adeyemi'],
  givenName: ['Marlene', 'Marleen'],
  familyName: ['Okafor', 'Adeyemi'],
  email: ['marlene@example.com', 'okafor@example.com'],
  phone: ['+49 555 0100', '+49 555 0200'],
  employeeNumber: ['E1', 'E2'],
  department: ['Finance', 'Legal'],
  manager: ['Anna Smith', 'Ivan Petrov'],
  tier: ['privileged', 'sensitive'],
  status: ['disabled', 'active'],
  startsAt: ['2029-01-01', '2029-02-01'],
  expiresAt: ['2030-01-31', '2031-12-31'],
  entryType: ['user', 'person'],
  localPassword: ['no', 'yes'],
} as const satisfies Readonly<Record<ImportField, readonly [string, string]>>;

/** The columns of the table that a field of a file may change. Contact data and protection-relevant fields also change their dates. */
const writes: Readonly<Record<ImportField, readonly string[]>> = {
  id: [],
  userName: ['user_name', 'user_name_key', 'user_name_changed_at'],
  displayName: ['display_name'],
  givenName: ['display_name'],
  familyName: ['display_name'],
  email: ['email', 'email_key', 'email_changed_at'],
  phone: ['phone', 'phone_digits', 'phone_reversed', 'phone_changed_at'],
  employeeNumber: ['employee_number', 'employee_number_key'],
  department: ['department'],
  manager: ['manager', 'manager_changed_at'],
  tier: ['tier', 'tier_before', 'tier_changed_at'],
  status: ['disabled', 'local_password', 'enabled_at'],
  startsAt: ['starts_at'],
  expiresAt: ['expires_at'],
  entryType: [],
  localPassword: ['local_password', 'enabled_at'],
};
/** Columns that every import writes for an account that it changes. */
const always = new Set(['updated_at']);

const mappingOf = (fields: readonly ImportField[]): ImportMapping => ({
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: Object.fromEntries(fields.map((field, at) => [field, at])),
});
const whole = importFields.filter((field) => field !== 'givenName' && field !== 'familyName');

describe('an import of some columns', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.importCsv(whole.map((field) => cells[field][0]).join(','), mappingOf(whole));
    desk.clock.at += 1000;
  });
  afterEach(() => desk.close());
  const accounts = () => desk.store.db.selectFrom('accounts').selectAll().orderBy('created_at').execute();
  const change = async (fields: readonly ImportField[], newOnes: ReadonlySet<ImportField>) => {
    const row = fields.map((field) => cells[field][newOnes.has(field) ? 1 : 0]).join(',');
    return desk.importCsv(row, mappingOf(fields));
  };

  it.each(importFields.filter((field) => writes[field].length > 0))(
    'writes %s without touching fields that have no column',
    async (field) => {
      const [before] = await accounts();
      // The required columns are present and unchanged.
      const names: ImportField[] = ['id', 'userName'];
      if (field !== 'givenName' && field !== 'familyName') names.push('displayName');
      else names.push(field === 'givenName' ? 'familyName' : 'givenName');
      const fields = [...new Set([...names, field])];
      expect(await change(fields, new Set([field]))).toMatchObject({ changed: 1, refused: 0 });
      const [after] = await accounts();
      const changed = Object.entries(before ?? {})
        .filter(
          ([column, value]) => !always.has(column) && (after as Record<string, unknown>)[column] !== value,
        )
        .map(([column]) => column);
      expect(changed.toSorted()).toEqual(writes[field].toSorted());
    },
  );

  it('changes nothing when the file has the required columns alone', async () => {
    const [before] = await accounts();
    expect(await change(['id', 'userName', 'displayName'], new Set())).toMatchObject({ unchanged: 1 });
    expect(await accounts()).toEqual([before]);
  });

  it('refuses a row that it cannot match to the columns', async () => {
    const fields: ImportField[] = ['id', 'userName', 'displayName'];
    const rows = ['hr-2,b.two,Bo Two', 'hr-3,c.three,Cy Three,more', 'hr-4,d.four', 'hr-5,e.five,Eve Five'];
    const done = await desk.importCsv(rows.join('\n'), mappingOf(fields));
    expect(done).toMatchObject({ created: 2, refused: 2 });
    const { refusals } = await desk.imports.refusals(done.id, 0, 10);
    expect(refusals).toEqual([
      { line: 2, reason: 'wrong-number-of-columns', detail: '4, not 3' },
      { line: 3, reason: 'display-name-missing', detail: 'd.four' },
    ]);
  });

  it('holds a user name that another account has', async () => {
    await desk.importCsv('hr-2,b.two,Bo Two', mappingOf(['id', 'userName', 'displayName']));
    const before = await accounts();
    const done = await desk.importCsv('hr-2,m.okafor,Bo Two', mappingOf(['id', 'userName', 'displayName']));
    expect(done).toMatchObject({ changed: 0, unchanged: 0, held: 1 });
    const { rows } = await desk.imports.rows(done.id, 'held', 0, 10);
    expect(rows).toMatchObject([{ line: 1, holdReason: 'user-name-taken' }]);
    expect(await accounts()).toEqual(before);
  });
});

describe('a row of a file', () => {
  const read = (values: Partial<Record<ImportField, string>>) =>
    readAccount(
      7,
      (field) => [{ userName: 'a.one', displayName: 'Anna One', ...values }[field] ?? []].flat(),
      {
        now: Date.parse('2026-03-01T09:00:00Z'),
        zone: 'UTC',
        dateOrder: undefined,
        statuses: {},
        statusKinds: [],
      },
    );
  const refused = (values: Partial<Record<ImportField, string>>): Refused => {
    const found = read(values);
    if (!('reason' in found)) throw new Error('The row was read.');
    return found;
  };

  it.each<[ImportField, string, string]>([
    ['userName', '', 'user-name-missing'],
    ['userName', 'a one', 'user-name-characters'],
    ['userName', 'a\u200Bone', 'user-name-characters'],
    ['userName', 'a\u202Eone', 'user-name-characters'],
    ['userName', 'a\u2066one', 'user-name-characters'],
    ['userName', 'a\u2028one', 'user-name-characters'],
    ['userName', 'a\u0007one', 'user-name-characters'],
    ['userName', 'a'.repeat(121), 'user-name-too-long'],
    ['displayName', '', 'display-name-missing'],
    ['displayName', 'A'.repeat(201), 'display-name-too-long'],
    ['displayName', 'Anna\0One', 'bad-characters'],
    ['displayName', 'M\uFFFDller', 'bad-characters'],
    ['displayName', '#NAME?', 'excel-error'],
    ['id', 'i'.repeat(1001), 'value-too-long'],
    ['id', '1,23457E+11', 'rounded-by-excel'],
    ['userName', '1,23457E+11', 'rounded-by-excel'],
    ['tier', 'secret', 'tier-unknown'],
    ['localPassword', 'Summer2026!', 'status-unknown'],
  ])('is refused for %s %j', (field, value, reason) => {
    expect(refused({ [field]: value }).reason).toBe(reason);
  });

  it.each<[ImportField, string, string, Record<string, unknown>]>([
    ['department', 'D'.repeat(201), 'value-too-long', { department: null }],
    ['manager', 'M\uFFFDller', 'bad-characters', { manager: null }],
    ['email', 'anna', 'email-unreadable', { email: null, email_key: null }],
    ['email', 'em14 @example.com', 'email-unreadable', { email: null }],
    ['email', `${'a'.repeat(250)}@example.com`, 'email-unreadable', { email: null }],
    ['phone', '12', 'phone-unreadable', { phone: null, phone_digits: null }],
    ['phone', '*6123', 'phone-unreadable', { phone: null }],
    ['phone', 'call me', 'phone-unreadable', { phone: null }],
    ['phone', '4,91512E+12', 'rounded-by-excel', { phone: null }],
    ['employeeNumber', '1,23457E+11', 'rounded-by-excel', { employee_number: null }],
    ['status', 'gone fishing', 'status-unknown', { disabled: 1 }],
    ['expiresAt', '2026-02-30', 'date-unreadable', { expires_at: null }],
    ['expiresAt', '31.02.2026', 'date-unreadable', { expires_at: null }],
    ['expiresAt', 'soon', 'date-unreadable', { expires_at: null }],
    ['expiresAt', '03/04/2026', 'date-ambiguous', { expires_at: null }],
  ])('is imported without %s %j, with a warning', (field, value, reason, columns) => {
    const account = read({ [field]: value });
    expect(account).toMatchObject(columns);
    expect(account).toMatchObject({ warnings: [{ field, reason }] });
    // An existing account keeps its value; an unknown status is never active.
    expect('unread' in account ? account.unread : []).toEqual(field === 'status' ? [] : [field]);
  });

  it('is refused without what stood in the column of the local password', () => {
    expect(JSON.stringify(refused({ localPassword: 'Summer2026!' }))).not.toMatch(/summer2026/i);
  });

  it.each<[ImportField, string, object]>([
    ['userName', 'a'.repeat(120), { user_name: 'a'.repeat(120) }],
    ['displayName', 'A'.repeat(200), { display_name: 'A'.repeat(200) }],
    ['department', 'D'.repeat(200), { department: 'D'.repeat(200) }],
    ['expiresAt', '28.02.2026', { expires_at: Date.parse('2026-02-28T23:59:59.999Z') }],
    ['email', 'anna@example.com, eve@example.org', { email: 'anna@example.com' }],
    ['email', 'anna@example.com\u202E', { email: 'anna@example.com' }],
    ['status', 'gesperrt', { locked: 1, disabled: 0 }],
    ['status', 'no-local-password', { local_password: 0 }],
    ['localPassword', 'nein', { local_password: 0 }],
    ['tier', 'Privileged', { tier: 'privileged' }],
    ['phone', '123', { phone_digits: '123', phone_reversed: '321' }],
  ])('is read with %s %j', (field, value, columns) => {
    expect(read({ [field]: value })).toMatchObject(columns);
  });
});
