import { Refusal } from '../refusal.ts';
import type { Transaction } from '../store/store.ts';
import { rolesOf } from './tokens.ts';

/**
 * Throws `operator.last-administrator` unless an active administrator is left after the change that was just made. The rows
 * are locked first, so that two administrators who demote each other at the same moment cannot both succeed.
 */
export async function assertAdministratorRemains(tx: Transaction): Promise<void> {
  const active = await tx.selectFrom('operators').select('roles').where('state', '=', 'active').execute();
  if (!active.some((row) => rolesOf(row).includes('administrator')))
    throw new Refusal('operator.last-administrator');
}

/** Takes the write lock on all active operators before any of them is read: PostgreSQL would otherwise let two changes pass. */
export const lockOperators = (tx: Transaction) =>
  tx
    .updateTable('operators')
    .set((row) => ({ created_at: row.ref('created_at') }))
    .where('state', '=', 'active')
    .execute();
