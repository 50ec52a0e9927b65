import type { z } from 'zod';
import { everyAccount } from '../../shared/api/operator.ts';
import type { changeOperator } from '../../shared/api/operators.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, RecordEvent } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { assertAnotherPerson, assertDistinctNames, isSameOperator } from './another-person.ts';
import { assertNotRemoved, describeScope, updateOperator } from './operator-changes.ts';
import { assertAdministratorRemains } from './remaining-administrator.ts';
import { endSessions } from './session-list.ts';
import { rolesOf, scopeOf } from './tokens.ts';

export type OperatorEdit = z.output<typeof changeOperator.body>;

interface Difference {
  readonly values: Partial<OperatorsTable>;
  /** For the audit log: the operator, and each changed field as `…From` and `…To`. */
  readonly facts: Readonly<Record<string, string | null>>;
  readonly rolesChanged: boolean;
  /** Whether roles, scope or the linked account changed, which decide what the operator may do and on which accounts. */
  readonly rightsChanged: boolean;
}

const sorted = (roles: readonly string[]): string => roles.toSorted().join(', ');

/** The differences that an edit makes to an operator. */
function differenceOf(operator: OperatorsTable, edit: OperatorEdit): Difference {
  const { displayName, email, roles, scope, linkedAccountId } = edit;
  const values: Partial<OperatorsTable> = {};
  const facts: Record<string, string | null> = { operator: operator.id };
  const note = (name: string, from: string | null, to: string | null): boolean => {
    if (from === to) return false;
    facts[`${name}From`] = from;
    facts[`${name}To`] = to;
    return true;
  };
  if (displayName !== undefined && note('name', operator.display_name, displayName))
    values.display_name = displayName;
  // The log says that the address changed, but not the address.
  if (email !== undefined && email !== operator.email) {
    values.email = email;
    facts['email'] = 'changed';
  }
  const before = rolesOf(operator);
  const after = roles === undefined ? before : [...new Set(roles)];
  const rolesChanged = note('roles', sorted(before), sorted(after));
  if (rolesChanged) values.roles = JSON.stringify(after);
  const nextScope = { ...everyAccount, ...(scope ?? scopeOf(operator)) };
  const scopeChanged = note('scope', describeScope(scopeOf(operator)), describeScope(nextScope));
  if (scopeChanged) values.scope = JSON.stringify(nextScope);
  const accountChanged =
    linkedAccountId !== undefined && note('account', operator.linked_account_id, linkedAccountId);
  if (accountChanged) values.linked_account_id = linkedAccountId;
  return { values, facts, rolesChanged, rightsChanged: rolesChanged || scopeChanged || accountChanged };
}

async function assertAccountExists(tx: Transaction, accountId: string): Promise<void> {
  const account = await tx.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (!account) throw new Refusal('account.not-found');
}

async function hasOtherAdministrator(tx: Transaction, operatorId: string): Promise<boolean> {
  const active = await tx
    .selectFrom('operators')
    .select(['id', 'roles'])
    .where('state', '=', 'active')
    .execute();
  return active.some((row) => row.id !== operatorId && rolesOf(row).includes('administrator'));
}

/**
 * Edits an operator and records it; returns the ids of the sessions that end because the roles changed. Throws `operator.own-roles` if administrators
 * change their own rights while another administrator could do it, `operator.same-person` and `operator.last-administrator`.
 */
export async function editOperator(
  tx: Transaction,
  record: RecordEvent,
  operator: OperatorsTable,
  edit: OperatorEdit,
  { selfId, now }: { readonly selfId: string; readonly now: number },
): Promise<readonly string[]> {
  assertNotRemoved(operator);
  const { values, facts, rolesChanged, rightsChanged } = differenceOf(operator, edit);
  // The account whose password it is stays the operator's own until they are unlinked from it.
  if (values.linked_account_id !== undefined && operator.directory_key !== null)
    throw new Refusal('operator.signs-in-with-directory');
  if (values.linked_account_id != null) await assertAccountExists(tx, values.linked_account_id);
  if (values.email !== undefined || values.linked_account_id !== undefined)
    await assertAnotherPerson(tx, { ...operator, ...values });
  if (values.display_name !== undefined) await assertDistinctNames(tx, { ...operator, ...values });
  const isSelf = await isSameOperator(tx, operator.id, selfId);
  if (isSelf && rightsChanged && (await hasOtherAdministrator(tx, selfId)))
    throw new Refusal('operator.own-roles');
  if (Object.keys(values).length > 0) await updateOperator(tx, operator, values);
  await assertAdministratorRemains(tx);
  await record({ action: 'operator.changed', facts });
  return rolesChanged && !isSelf ? endSessions(tx, record, operator.id, now) : [];
}
