import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { CasesTable } from '../../store/tables.ts';

type IdlePolicy = Pick<PolicyDocument, 'case'>;

/** When a case expires without further work. Instants in milliseconds. */
export const caseExpiresAt = (lastActivityAt: number, { case: { idle } }: IdlePolicy): number =>
  lastActivityAt + idle * 1000;

/** The same rule for a condition in SQL: a case whose last activity is at or before this instant has expired. */
export const expiryCutoff = ({ case: { idle } }: IdlePolicy, at: number): number => at - idle * 1000;

/** Why a case is not open now; null while it is. An idle case has expired even before a sweep records it. */
export function caseEnd(
  { state, last_activity_at: lastActivityAt }: Pick<CasesTable, 'state' | 'last_activity_at'>,
  policy: IdlePolicy,
  at: number,
): 'case.ended' | 'case.expired' | null {
  if (state === 'expired') return 'case.expired';
  if (state !== 'open') return 'case.ended';
  return caseExpiresAt(lastActivityAt, policy) <= at ? 'case.expired' : null;
}
