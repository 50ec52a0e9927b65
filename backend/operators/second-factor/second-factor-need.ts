import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';

/** Milliseconds: how long the only operator may put off enrolling, so that a trial begins without a phone in hand. */
const putOff = 7 * 24 * 3600_000;

export type SecondFactorNeed =
  | { readonly kind: 'have' | 'none' | 'now' }
  /** May wait until then. */
  | { readonly kind: 'later'; readonly by: number };

/**
 * What a sign-in asks for besides its first step. Whoever has a second factor gives it, whatever the policy says. The first
 * administrator may wait for seven days, as long as they are alone.
 */
export async function secondFactorNeed(
  db: Transaction | Store['db'],
  operator: Pick<OperatorsTable, 'id' | 'totp_secret' | 'created_at'>,
  { operatorSession }: PolicyDocument,
  now: number,
): Promise<SecondFactorNeed> {
  if (operator.totp_secret !== null) return { kind: 'have' };
  if (operatorSession.secondFactor === 'optional') return { kind: 'none' };
  const by = operator.created_at + putOff;
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
