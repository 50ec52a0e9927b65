import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForTest } from '../accounts/open-for-test.ts';
import { staffRow } from '../drill/invented-staff.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { isSamePerson, personKey, personOfAccount, readPersons } from './persons.ts';

describe('the normal form of a name', () => {
  it.each([
    ['case', 'Ann@Example.COM', 'ann@example.com'],
    ['compatibility forms', 'ａｎｎ', 'ann'],
    ['composed letters', 'josé', 'josé'],
    ['full case folding', 'STRASSE', 'straße'],
    ['invisible characters', 'an\u200bn\u202e', 'ann'],
    ['surrounding space', ' ann ', 'ann'],
    ['the domain in letters', 'ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['the domain’s final dot', 'ann@example.com.', 'ann@example.com'],
  ])('ignores %s', (_what, one, other) => {
    expect(personKey(one)).toBe(personKey(other));
  });

  it.each([
    ['another local part', 'ann@example.com', 'anna@example.com'],
    ['another domain', 'ann@example.com', 'ann@example.org'],
    ['an accent', 'jose', 'josé'],
    ['the part before the @', 'ann', 'ann@example.com'],
  ])('tells %s apart', (_what, one, other) => {
    expect(personKey(one)).not.toBe(personKey(other));
  });
});

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  columns: { userName: 0, displayName: 1, email: 2, employeeNumber: 3 },
} as const;
const csv = `user,name,email,employee
ann,Ann Example,ann@corp.example,E1
adm-ann,Ann (administration),adm@corp.example,E1
ann2,Ann Again,ann@corp.example,E2
bob,Bob Builder,bob@bücher.example,E3
eve,Eve Example,,
mallory,Mallory Example,,
`;

/** Kinds of sameness between an operator and an account. `is` names the account. */
const sameness = [
  ['the user name', { user_name: 'ANN' }, 'ann'],
  ['the address', { user_name: 'x', email: 'Ann@Corp.Example' }, 'ann'],
  ['the address with its domain in ASCII', { user_name: 'x', email: 'bob@xn--bcher-kva.example' }, 'bob'],
  ['a user name that is the address', { user_name: 'ann@corp.example' }, 'ann'],
  ['the linked account', { user_name: 'x', linked: 'eve' }, 'eve'],
  ['the address of the account of the same user name', { user_name: 'ann' }, 'ann2'],
  ['the employee number of the linked account', { user_name: 'x', linked: 'ann' }, 'adm-ann'],
] as const;

describe('the person behind an operator', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  const accounts = new Map<string, Parameters<typeof personOfAccount>[0]>();
  beforeAll(async () => {
    desk = await openForTest();
    await desk.importCsv(csv, mapping);
    for (const row of await desk.store.db.selectFrom('accounts').selectAll().execute())
      accounts.set(row.user_name, row);
  });
  afterAll(() => desk.close());

  const hire = async (
    operators: readonly (Partial<OperatorsTable> & { id: string; user_name: string })[],
  ) => {
    const rows = operators.map((row) => ({
      ...staffRow({ id: row.id, displayName: row.user_name }, 0),
      user_name_key: row.user_name,
      ...row,
    }));
    await desk.store.writeUnaudited(async (tx) => {
      await tx.deleteFrom('operators').execute();
      await tx.insertInto('operators').values(rows).execute();
    });
    return readPersons(
      desk.store.db,
      rows.map(({ id }) => id),
    );
  };
  const withLink = ({
    linked,
    provider_subject: subject,
    ...row
  }: {
    user_name: string;
    email?: string;
    linked?: string;
    provider_subject?: string;
  }) => ({
    ...row,
    ...(linked !== undefined && { linked_account_id: accounts.get(linked)?.id ?? '' }),
    ...(subject !== undefined && {
      provider_issuer: 'https://login.example',
      provider_subject: accounts.get(subject)?.id ?? '',
    }),
  });
  const ownerOf = (userName: string) => {
    const account = accounts.get(userName);
    if (!account) throw new Error(`No account ${userName}`);
    return personOfAccount(account);
  };

  it.each(sameness)('owns an account with the same %s', async (_what, operator, userName) => {
    const persons = await hire([{ id: 'one', ...withLink(operator) }]);
    expect(isSamePerson(persons.get('one') ?? new Set(), ownerOf(userName))).toBe(true);
    expect(isSamePerson(persons.get('one') ?? new Set(), ownerOf('mallory'))).toBe(false);
  });

  it.each([
    ['one address', { user_name: 'a', email: 'x@example.com' }, { user_name: 'b', email: 'X@example.com' }],
    ['one linked account', { user_name: 'a', linked: 'eve' }, { user_name: 'b', linked: 'eve' }],
    [
      'an account, by its id at the provider',
      { user_name: 'a', provider_subject: 'eve' },
      { user_name: 'eve' },
    ],
    ['an account, by user name and by link', { user_name: 'eve' }, { user_name: 'b', linked: 'eve' }],
    [
      'an account, by user name and by address',
      { user_name: 'ann' },
      { user_name: 'b', email: 'ann@corp.example' },
    ],
  ])('is the person of another operator who shares %s', async (_what, one, other) => {
    const persons = await hire([
      { id: 'one', ...withLink(one) },
      { id: 'other', ...withLink(other) },
      { id: 'third', user_name: 'third', email: 'third@example.com' },
    ]);
    const [a, b, c] = ['one', 'other', 'third'].map((id) => persons.get(id) ?? new Set<string>());
    expect(isSamePerson(a ?? new Set(), b ?? new Set())).toBe(true);
    expect(isSamePerson(a ?? new Set(), c ?? new Set())).toBe(false);
  });

  it('is no other person without an address', async () => {
    const persons = await hire([
      { id: 'one', user_name: 'a', email: null },
      { id: 'other', user_name: 'b', email: null },
    ]);
    expect(isSamePerson(persons.get('one') ?? new Set(), persons.get('other') ?? new Set())).toBe(false);
    expect(isSamePerson(persons.get('one') ?? new Set(), ownerOf('mallory'))).toBe(false);
  });
});
