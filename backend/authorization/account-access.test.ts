import { describe, expect, it } from 'vitest';
import { everyAccount } from '../../shared/api/operator.ts';
import { canAccess } from './account-access.ts';

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
