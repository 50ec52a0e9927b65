import { describe, expect, it } from 'vitest';
import { everyAccount } from '../../shared/api/operator.ts';
import { isOwnAccount, canAccess } from './account-access.ts';

const sales = { department: 'Sales', tier: 'standard', directory: 'built-in' };

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
});

describe('an operator’s own account', () => {
  const operator = { userNameKey: 'ann', emailKey: 'ann@example.com', linkedAccountId: 'acc-7' };
  const other = { id: 'acc-1', user_name_key: 'bob', email_key: 'bob@example.com' };
  it.each([
    ['by user name', { user_name_key: 'ann' }, true],
    ['by email', { email_key: 'ann@example.com' }, true],
    ['by the administrator’s word', { id: 'acc-7' }, true],
    ['never by an email that is missing', { email_key: null }, false],
    ['not otherwise', {}, false],
  ])('is known %s', (_how, change, own) => {
    expect(isOwnAccount(operator, { ...other, ...change })).toBe(own);
  });

  it('is not every account without an email when the operator has none', () => {
    expect(isOwnAccount({ ...operator, emailKey: null }, { ...other, email_key: null })).toBe(false);
  });
});
