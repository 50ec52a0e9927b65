import { Refusal } from '../../refusal.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { updateOperator } from '../operator-changes.ts';
import { endSessions } from '../session-list.ts';

/**
 * Unlinks an operator from their account at the identity provider, for example because the account was created anew there. Ends their sessions and
 * returns the ids; throws `operator.not-linked`.
 */
export async function unlinkFromProvider(
  tx: Transaction,
  record: RecordEvent,
  operator: OperatorsTable,
  now: number,
): Promise<readonly string[]> {
  if (operator.provider_subject === null) throw new Refusal('operator.not-linked');
  await updateOperator(tx, operator, { provider_issuer: null, provider_subject: null });
  await record({
    action: 'operator.provider-unlinked',
    facts: { operator: operator.id, issuer: operator.provider_issuer ?? '' },
  });
  return endSessions(tx, record, operator.id, now);
}

/** The operators who are linked to another issuer than this one, whose sign-ins therefore do not find them. */
export const operatorsOfOtherIssuers = (db: Store['db'], issuer: string) =>
  db
    .selectFrom('operators')
    .where('provider_issuer', 'is not', null)
    .where('provider_issuer', '!=', issuer)
    .where('state', '!=', 'removed');
