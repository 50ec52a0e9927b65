import { describe, expect, it } from 'vitest';
import { everyAccount } from '../../shared/api/operator.ts';
import { canAccess } from './account-access.ts';

const sales = { department: 'Sales', tier: 'standard', directory: 'built-in', directory_id: null };
const [headOffice, plant] = ['6f1a0c1e-0000-4000-8000-000000000001', '6f1a0c1e-0000-4000-8000-000000000002'];

describe('an operator’s scope', () => {
  it('is everything while it names nothing', () => {
    expect(canAccess({ scope: everyAccount }, sales)).toBe(true);
    expect(canAccess({ scope: everyAccount }, { ...sales, department: null, tier: 'privileged' })).toBe(true);
  });

  it.each([
    ['another department', { department: 'Plant 3' }, false],
    ['no department', { department: null }, false],
    ['another tier', { tier: 'privileged' }, false],
    ['another directory', { directory: 'ldap' }, false],
    ['a department written otherwise', { department: 'sales' }, false],
    ['what fits every list', {}, true],
  ])('decides on %s', (_name, change, may) => {
    const scope = {
      departments: ['Sales', 'Marketing'],
      tiers: ['standard' as const],
      directories: ['built-in' as const],
    };
    expect(canAccess({ scope }, { ...sales, ...change })).toBe(may);
  });

  it.each([
    ['one directory of a kind', [headOffice], [true, false, false]],
    ['a kind', ['ldap' as const], [true, true, false]],
    ['the built-in directory and one of a kind', ['built-in' as const, plant], [false, true, true]],
  ])('that names %s tells directories of one kind apart', (_name, directories, expected) => {
    const scope = { ...everyAccount, directories };
    const accounts = [
      { ...sales, directory: 'ldap', directory_id: headOffice },
      { ...sales, directory: 'ldap', directory_id: plant },
      sales,
    ];
    expect(accounts.map((account) => canAccess({ scope }, account))).toEqual(expected);
  });
});
