import type { Role } from '../../shared/api/operator.ts';
import { isUnscoped } from '../authorization/account-access.ts';
import type { RecordEvent, Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { rolesOf, scopeOf } from './tokens.ts';

export const sameRoles = (a: readonly string[], b: readonly string[]): boolean =>
  a.toSorted().join() === b.toSorted().join();

/**
 * Gives an operator the roles that the identity provider or a directory says, except that the last administrator stays one. Records it if it changes
 * anything, and returns the roles that the operator then has.
 */
export async function takeRoles(
  tx: Transaction,
  record: RecordEvent,
  operator: OperatorsTable,
  { roles, by }: { readonly roles: readonly Role[]; readonly by: 'provider' | 'directory' },
): Promise<readonly Role[]> {
  const before = rolesOf(operator);
  const others = await tx
    .selectFrom('operators')
    .select(['roles', 'scope'])
    .where('state', '=', 'active')
    .where('id', '!=', operator.id)
    .execute();
  const last =
    before.includes('administrator') &&
    !others.some((row) => rolesOf(row).includes('administrator') && isUnscoped(scopeOf(row)));
  const after = last && !roles.includes('administrator') ? [...roles, 'administrator' as const] : [...roles];
  if (sameRoles(before, after)) return before;
  const [from, to] = [before.toSorted().join(', '), after.toSorted().join(', ')];
  await tx
    .updateTable('operators')
    .set({ roles: JSON.stringify(after) })
    .where('id', '=', operator.id)
    .execute();
  await record({
    action: 'operator.changed',
    facts: { operator: operator.id, rolesFrom: from, rolesTo: to, by },
  });
  return after;
}
