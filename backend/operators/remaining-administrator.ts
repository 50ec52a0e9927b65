import type { Kysely } from 'kysely';
import { Refusal } from '../refusal.ts';
import type { Transaction } from '../store/store.ts';
import { isUnscoped } from '../authorization/account-access.ts';
import type { OperatorsTable, Tables } from '../store/tables.ts';
import { signInDirectory } from './directory/sign-in-settings.ts';
import { rolesOf, scopeOf } from './tokens.ts';

/** The active administrators of all accounts who have a password here, which works while no directory and no identity provider does. */
export async function readLocalAdministrators(db: Kysely<Tables>): Promise<readonly OperatorsTable[]> {
  const active = await db.selectFrom('operators').selectAll().where('state', '=', 'active').execute();
  return active.filter(
    (row) => row.password_hash !== '' && rolesOf(row).includes('administrator') && isUnscoped(scopeOf(row)),
  );
}

/**
 * Throws `operator.last-administrator` unless an active administrator without a scope remains after the change: one with a scope cannot change the
 * policy. While operators sign in with a directory, throws `operator.last-local-administrator` unless one of them has a password here. The rows are
 * locked first, so that two administrators cannot demote each other at the same time.
 */
export async function assertAdministratorRemains(tx: Transaction): Promise<void> {
  const active = await tx
    .selectFrom('operators')
    .select(['roles', 'scope'])
    .where('state', '=', 'active')
    .execute();
  if (!active.some((row) => rolesOf(row).includes('administrator') && isUnscoped(scopeOf(row))))
    throw new Refusal('operator.last-administrator');
  if ((await signInDirectory(tx)) !== null && (await readLocalAdministrators(tx)).length === 0)
    throw new Refusal('operator.last-local-administrator');
}

/** Locks all active operators for writing before any is read; PostgreSQL would otherwise allow two concurrent changes. */
export const lockOperators = (tx: Transaction) =>
  tx
    .updateTable('operators')
    .set((row) => ({ created_at: row.ref('created_at') }))
    .where('state', '=', 'active')
    .execute();
