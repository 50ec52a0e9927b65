import { assert, constantFrom, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountRow } from '../../directories/directory.ts';
import { decideIdentity, type Candidate, type IdentityKeys } from './decide-identity.ts';

const rita: IdentityKeys = {
  directoryId: null,
  source: 'file',
  sourceIdKey: 'file guid-rita-1',
  employeeNumberKey: '1001',
  userNameKey: 'rsmith',
  emailKey: 'rita.smith@example.com',
  phoneDigits: '491515550110',
  displayName: 'Rita Smith',
};
const ron: IdentityKeys = {
  ...rita,
  sourceIdKey: 'file guid-ron-2',
  employeeNumberKey: '2002',
  emailKey: 'ron.smith@example.com',
  phoneDigits: null,
  displayName: 'Ron Smith',
};

function accountOf(
  keys: IdentityKeys,
  id = 'a1',
  more: Partial<AccountRow> = {},
  ids: string[] = [],
): Candidate {
  const account = {
    id,
    directory_id: keys.directoryId,
    source: keys.source,
    source_id_key: keys.sourceIdKey,
    employee_number_key: keys.employeeNumberKey,
    user_name_key: keys.userNameKey,
    email_key: keys.emailKey,
    phone_digits: keys.phoneDigits,
    display_name: keys.displayName,
    closed_at: null,
    ...more,
  } as AccountRow;
  return {
    account,
    idKeys: new Set([...(account.source_id_key === null ? [] : [account.source_id_key]), ...ids]),
  };
}
const decide = (row: Partial<IdentityKeys>, ...candidates: Candidate[]) => {
  const found = decideIdentity({ ...rita, ...row }, candidates);
  return found.kind === 'held'
    ? `held: ${found.reason} ${found.account.id}${found.match === null ? '' : `, is ${found.match.id}`}`
    : found.kind === 'same'
      ? `same ${found.account.id}${found.addsId ? ', adds its id' : ''}${found.fromOtherSource ? ', from elsewhere' : ''}`
      : 'new';
};
const known = accountOf(rita);

describe('a row is', () => {
  it('a new person when it shares nothing with an account', () => {
    expect(decide({})).toBe('new');
  });
  it('the same person with the same id, whatever the new name and address', () => {
    const renamed = { userNameKey: 'rjones', displayName: 'Rita Jones', emailKey: 'rita.jones@example.com' };
    expect(decide(renamed, known)).toBe('same a1');
    expect(decide({ employeeNumberKey: '1002' }, known)).toBe('same a1');
  });
  it('the same person with the same number and name, whose account gets its first id', () => {
    expect(decide({}, accountOf({ ...rita, sourceIdKey: null }))).toBe('same a1, adds its id');
    expect(decide({ sourceIdKey: null }, known)).toBe('same a1');
  });
  it('the same person by the name alone where something else agrees', () => {
    const bare = { sourceIdKey: null, employeeNumberKey: null };
    expect(decide({ ...bare, displayName: 'R. Jones', phoneDigits: null }, known)).toBe('same a1');
    expect(decide({ ...bare, emailKey: null, displayName: 'SMITH, Rita' }, known)).toBe('same a1');
  });
  it('the same person, whose account keeps its name, by an id that was added to it', () => {
    const alias = accountOf(rita, 'a1', {}, ['file second']);
    expect(decide({ sourceIdKey: 'file second', userNameKey: 'rita@corp' }, alias)).toBe(
      'same a1, from elsewhere',
    );
  });
  it('the same person whose employee number lost the zeros before it', () => {
    const padded = accountOf({ ...rita, sourceIdKey: null, employeeNumberKey: '001001' });
    expect(decide({ sourceIdKey: null, employeeNumberKey: '1001' }, padded)).toBe('same a1');
    expect(decide({ sourceIdKey: null, employeeNumberKey: '10010' }, padded)).toBe(
      'held: employee-number-differs a1',
    );
  });
  it('the same person of another source where the employee number proves it', () => {
    expect(decide({ source: 'entra', sourceIdKey: 'entra 7' }, known)).toBe(
      'same a1, adds its id, from elsewhere',
    );
  });
});

describe('a row is held when', () => {
  it('its user name was given to another person with another id', () => {
    expect(decide(ron, known)).toBe('held: id-differs a1');
    expect(decide({ ...ron, employeeNumberKey: null }, known)).toBe('held: id-differs a1');
  });
  it('its employee number is not the account’s, with an id or without', () => {
    expect(decide({ ...ron, sourceIdKey: null }, known)).toBe('held: employee-number-differs a1');
    expect(decide({ employeeNumberKey: '2002', userNameKey: 'ron' }, known)).toBe(
      'held: employee-number-differs a1',
    );
  });
  it('its user name belongs to another account than its id', () => {
    const other = accountOf(ron, 'a2', { user_name_key: 'rjones' });
    expect(decide({ userNameKey: 'rjones' }, known, other)).toBe('held: user-name-taken a2, is a1');
  });
  it('its employee number or address is another account’s under another name', () => {
    const bare = { sourceIdKey: null, userNameKey: 'rita' };
    expect(decide(bare, known)).toBe('held: employee-number-taken a1');
    expect(decide({ ...bare, employeeNumberKey: null }, known)).toBe('held: address-taken a1');
    expect(decide({ ...bare, sourceIdKey: 'file b', employeeNumberKey: null }, known)).toBe(
      'held: address-taken a1',
    );
  });
  it('nothing but the user name agrees', () => {
    const other = {
      sourceIdKey: null,
      employeeNumberKey: null,
      emailKey: 'x@example.com',
      phoneDigits: null,
    };
    expect(decide({ ...other, displayName: 'Xaver Yilmaz' }, known)).toBe('held: nothing-in-common a1');
  });
  it('another source has the user name with an id and nothing proves it', () => {
    const elsewhere = { source: 'entra', sourceIdKey: 'entra 7', employeeNumberKey: null };
    expect(decide(elsewhere, known)).toBe('held: other-source a1');
  });
});

describe('an account of another directory', () => {
  const elsewhere = accountOf(rita, 'a1', { directory_id: 'head office' });
  it('leaves the row an account of its own, whatever they share', () => {
    expect(decide({ sourceIdKey: null }, elsewhere)).toBe('new');
    expect(decide({ directoryId: 'keycloak', source: 'keycloak' }, elsewhere)).toBe('new');
    expect(decide({ directoryId: 'head office', sourceIdKey: null }, accountOf(rita))).toBe('new');
  });
  it('is found by an id that a decision added, by a source of the built-in directory alone', () => {
    const decided = accountOf(rita, 'a1', { directory_id: 'head office' }, ['hr 7']);
    expect(decide({ source: 'hr', sourceIdKey: 'hr 7' }, decided)).toContain('a1');
    expect(decide({ directoryId: 'keycloak', source: 'keycloak', sourceIdKey: 'hr 7' }, decided)).toBe('new');
  });
});

it('an address of a closed account does not hold a row', () => {
  const closed = accountOf(rita, 'a1', { closed_at: 1 });
  expect(decide({ sourceIdKey: null, employeeNumberKey: null, userNameKey: 'rita' }, closed)).toBe('new');
});

it('no row is ever merged into an account whose id of the same source or whose employee number is another', () => {
  const value = <T extends string>(...values: T[]) => option(constantFrom(...values));
  const keys = record({
    directoryId: value('d1'),
    source: constantFrom('file', 'hr'),
    sourceIdKey: value('1', '2', '3'),
    employeeNumberKey: value('n1', 'n2'),
    userNameKey: constantFrom('u1', 'u2'),
    emailKey: value('e1', 'e2'),
    phoneDigits: value('p1', 'p2'),
    displayName: constantFrom('Ann One', 'Bo Two'),
  });
  assert(
    property(keys, keys, keys, (row, first, second) => {
      const candidates = [accountOf(first, 'a1'), accountOf(second, 'a2')].filter(
        ({ account }) =>
          account.user_name_key === row.userNameKey ||
          (row.sourceIdKey !== null && account.source_id_key === row.sourceIdKey) ||
          (row.employeeNumberKey !== null && account.employee_number_key === row.employeeNumberKey) ||
          (row.emailKey !== null && account.email_key === row.emailKey),
      );
      const found = decideIdentity(row, candidates);
      if (found.kind !== 'same') return;
      const { account, addsId } = found;
      const isKnownHere = row.directoryId === null && row.sourceIdKey !== null && !addsId;
      expect(account.directory_id === row.directoryId || isKnownHere).toBe(true);
      const isContradicted =
        (row.sourceIdKey !== null &&
          account.source_id_key !== null &&
          account.source === row.source &&
          row.sourceIdKey !== account.source_id_key) ||
        (!found.fromOtherSource &&
          row.sourceIdKey !== account.source_id_key &&
          row.employeeNumberKey !== null &&
          account.employee_number_key !== null &&
          row.employeeNumberKey !== account.employee_number_key);
      expect(isContradicted).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
