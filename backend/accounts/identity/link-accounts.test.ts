import { describe, expect, it } from 'vitest';
import { pairsOf } from './link-accounts.ts';

type Sharing = Parameters<typeof pairsOf>[0];
const accountOf = (
  id: string,
  directory: string | null,
  email: string | null,
  number: string | null,
): Sharing => ({
  id,
  user_name: id,
  directory: directory === null ? 'built-in' : 'ldap',
  directory_id: directory,
  email_key: email,
  employee_number_key: number,
});
const ann = accountOf('ann', null, 'ann@example.com', '1');
const found = (...others: Sharing[]) =>
  pairsOf(ann, [ann, ...others]).map(({ other, why }) => `${other.id} ${why}`);

describe('an account is linked', () => {
  it('with the account of another directory that has its employee number or its address', () => {
    expect(found(accountOf('a1', 'one', null, '1'))).toEqual(['a1 employee-number']);
    expect(found(accountOf('a1', 'one', 'ann@example.com', null))).toEqual(['a1 email']);
    expect(found(accountOf('a1', 'one', 'ann@example.com', '1'))).toEqual(['a1 both']);
  });
  it('with one account in each of several directories', () => {
    expect(found(accountOf('a1', 'one', null, '1'), accountOf('a2', 'two', 'ann@example.com', null))).toEqual(
      ['a1 employee-number', 'a2 email'],
    );
  });
  it('by its number rather than by its address', () => {
    expect(found(accountOf('a1', 'one', null, '1'), accountOf('a2', 'one', 'ann@example.com', null))).toEqual(
      ['a1 employee-number'],
    );
  });
});

describe('an account is not linked', () => {
  it('with an account of its own directory', () => {
    expect(found(accountOf('a1', null, null, '1'))).toEqual([]);
  });
  it('by an address if both have employee numbers that differ', () => {
    expect(found(accountOf('a1', 'one', 'ann@example.com', '2'))).toEqual([]);
  });
  it('by a value that several accounts of one of the directories have', () => {
    const shared = [
      accountOf('a1', 'one', 'ann@example.com', null),
      accountOf('a2', 'one', 'ann@example.com', null),
    ];
    expect(found(...shared)).toEqual([]);
    expect(found(accountOf('bob', null, 'ann@example.com', null), shared[0] ?? ann)).toEqual([]);
  });
});
