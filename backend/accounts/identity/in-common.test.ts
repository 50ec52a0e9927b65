import { describe, expect, it } from 'vitest';
import { haveNothingInCommon, type PersonFacts } from './in-common.ts';

const rita: PersonFacts = {
  userNameKey: 'rsmith',
  displayName: 'Rita Smith',
  emailKey: 'rita.smith@example.com',
  phoneDigits: '491515550110',
  employeeNumberKey: null,
};
const isOther = (row: Partial<PersonFacts>, account: Partial<PersonFacts> = {}): boolean =>
  haveNothingInCommon({ ...rita, ...row }, { ...rita, ...account });
const elsewhere = { emailKey: 'x@example.com', phoneDigits: null };

describe('a row with an account’s user name is another person', () => {
  it.each<[string, Partial<PersonFacts>, Partial<PersonFacts>]>([
    ['with the next R. Smith', { displayName: 'Ron Smith', ...elsewhere }, {}],
    [
      'with an address that follows from the user name',
      { displayName: 'Ron Smith', emailKey: 'rsmith@example.com', phoneDigits: null },
      { emailKey: 'rsmith@example.com' },
    ],
    ['with the telephone of the post alone', { displayName: 'Xaver Yilmaz', emailKey: null }, {}],
    [
      'with a name that differs in its last letter',
      { displayName: 'Maria Rossi', ...elsewhere },
      { userNameKey: 'mrossi', displayName: 'Mario Rossi' },
    ],
    [
      'with a user name that is an address',
      { displayName: 'Ron Smith', ...elsewhere },
      { userNameKey: 'rsmith@example.com' },
    ],
  ])('%s', (_what, row, account) => {
    expect(isOther(row, account)).toBe(true);
  });
});

describe('a row with an account’s user name is the same person', () => {
  it.each<[string, Partial<PersonFacts>, Partial<PersonFacts>]>([
    ['after a marriage', { displayName: 'Rita Jones', ...elsewhere }, {}],
    ['in the other order, with a title', { displayName: 'SMITH, Dr. Rita', ...elsewhere }, {}],
    ['with an initial', { displayName: 'R. Smith', ...elsewhere }, {}],
    ['with a corrected spelling', { displayName: 'Rita Smyth', ...elsewhere }, { userNameKey: 'rita.smith' }],
    [
      'with an umlaut written out',
      { displayName: 'Kaethe Mueller', ...elsewhere },
      { userNameKey: 'kaethe.mueller', displayName: 'Käthe Müller' },
    ],
    ['with an address of its own', { displayName: 'Xaver Yilmaz', phoneDigits: null }, {}],
    ['with the telephone and a part of the name', { displayName: 'Ron Smith', emailKey: null }, {}],
    [
      'with the employee number, whatever the name',
      { displayName: 'Xaver Yilmaz', ...elsewhere, employeeNumberKey: '1001' },
      { employeeNumberKey: '1001' },
    ],
  ])('%s', (_what, row, account) => {
    expect(isOther(row, account)).toBe(false);
  });
});
