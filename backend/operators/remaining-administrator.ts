import { Refusal } from '../refusal.ts';
import type { Transaction } from '../store/store.ts';
import { isUnscoped } from '../authorization/account-access.ts';
import { rolesOf, scopeOf } from './tokens.ts';

/**
 * Throws `operator.last-administrator` unless an active administrator without a scope remains after the change: one with a scope cannot change the
 * policy. The rows are locked first, so that two
 * administrators cannot demote each other at the same time.
 */
export async function assertAdministratorRemains(tx: Transaction): Promise<void> {
  const active = await tx
    .selectFrom('operators')
    .select(['roles', 'scope'])
    .where('state', '=', 'active')
    .execute();
  if (!active.some((row) => rolesOf(row).includes('administrator') && isUnscoped(scopeOf(row))))
    throw new Refusal('operator.last-administrator');
}

/** Locks all active operators for writing before any is read; PostgreSQL would otherwise allow two concurrent changes. */
export const lockOperators = (tx: Transaction) =>
  tx
    .updateTable('operators')
    .set((row) => ({ created_at: row.ref('created_at') }))
    .where('state', '=', 'active')
    .execute();
