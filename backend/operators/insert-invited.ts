import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { inviteOperator } from '../../shared/api/operators.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, RecordEvent } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { identityKey } from '../text/fold.ts';
import { assertAnotherPerson, assertDistinctNames } from './another-person.ts';
import { describeScope } from './operator-changes.ts';
import { newOperator } from './operators.ts';

type Invitation = z.output<typeof inviteOperator.body>;

/**
 * Inserts an invited operator and records it; throws `operator.user-name-taken`, `operator.same-person` or `operator.name-confusable`, all before the first
 * statement that writes.
 */
export async function insertInvited(
  tx: Transaction,
  record: RecordEvent,
  { displayName, userName, email, roles, scope }: Invitation,
  now: number,
): Promise<OperatorsTable> {
  const userNameKey = identityKey(userName);
  const taken = await tx
    .selectFrom('operators')
    .select('id')
    .where('user_name_key', '=', userNameKey)
    .executeTakeFirst();
  if (taken) throw new Refusal('operator.user-name-taken');
  const operator: OperatorsTable = {
    ...newOperator,
    id: randomUUID(),
    user_name: userName,
    user_name_key: userNameKey,
    display_name: displayName,
    password_hash: '',
    roles: JSON.stringify([...new Set(roles)]),
    scope: JSON.stringify(scope),
    email,
    state: 'invited',
    created_at: now,
  };
  await assertAnotherPerson(tx, operator);
  await assertDistinctNames(tx, operator);
  await tx.insertInto('operators').values(operator).execute();
  await record({
    action: 'operator.invited',
    facts: { operator: operator.id, userName, roles: roles.join(', '), scope: describeScope(scope) },
  });
  return operator;
}
