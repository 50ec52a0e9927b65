import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';

/** Milliseconds that the only operator may put off the second factor, so that a trial can start without a phone. */
const putOffMs = 7 * 24 * 3600_000;

export type SecondFactorNeed =
  | { readonly kind: 'have' | 'none' | 'now' }
  /** May be put off until `by` (milliseconds). */
  | { readonly kind: 'later'; readonly by: number };

/**
 * The second factor that a sign-in requires. Operators who have set one up always need it, whatever the policy says. The first administrator may put
 * it off for seven days while there is no other operator.
 */
export async function secondFactorNeed(
  db: Transaction | Store['db'],
  operator: Pick<OperatorsTable, 'id' | 'totp_secret' | 'created_at'>,
  { operatorSession }: PolicyDocument,
  now: number,
): Promise<SecondFactorNeed> {
  if (operator.totp_secret !== null) return { kind: 'have' };
  if (operatorSession.secondFactor === 'optional') return { kind: 'none' };
  const by = operator.created_at + putOffMs;
  if (by <= now) return { kind: 'now' };
  const other = await db
    .selectFrom('operators')
    .select('id')
    .where('id', '!=', operator.id)
    .where('state', '!=', 'removed')
    .limit(1)
    .executeTakeFirst();
  return other ? { kind: 'now' } : { kind: 'later', by };
}
