import type { OpenCaseRow } from '../../../shared/api/case.ts';
import { checkRow, type CheckKind } from '../../../shared/api/check.ts';
import type { Store } from '../../store/store.ts';

/** What a case waits for, and until when. */
export type CaseWait = Pick<OpenCaseRow, 'waitsFor' | 'waitsUntil'>;

const nothing: CaseWait = { waitsFor: null, waitsUntil: null };

/** What the operator waits for after starting a check; null for a check that the operator answers at once. */
function waitOf(kind: CheckKind): CaseWait['waitsFor'] {
  if (kind === 'managers-word') return 'manager';
  if (kind === 'call-back') return 'call';
  return checkRow(kind).sentBy === null ? null : 'code';
}

/** What each of the cases waits for. An approver comes before a check; of several checks, the last one started counts. `at` in milliseconds. */
export async function readCaseWaits(
  db: Store['db'],
  caseIds: readonly string[],
  at: number,
): Promise<(caseId: string) => CaseWait> {
  if (caseIds.length === 0) return () => nothing;
  const approvals = await db
    .selectFrom('approvals')
    .select(['case_id', 'expires_at'])
    .where('case_id', 'in', caseIds)
    .where('state', '=', 'pending')
    .where('expires_at', '>', at)
    .execute();
  const checks = await db
    .selectFrom('checks')
    .select(['case_id', 'kind', 'expires_at'])
    .where('case_id', 'in', caseIds)
    .where('state', '=', 'pending')
    .where('expires_at', '>', at)
    .orderBy('started_at')
    .execute();
  const waits = new Map<string, CaseWait>();
  const note = (caseId: string, waitsFor: CaseWait['waitsFor'], until: number) => {
    if (waitsFor !== null) waits.set(caseId, { waitsFor, waitsUntil: new Date(until).toISOString() });
  };
  for (const { case_id, kind, expires_at } of checks) note(case_id, waitOf(kind as CheckKind), expires_at);
  for (const { case_id, expires_at } of approvals) note(case_id, 'approver', expires_at);
  return (caseId) => waits.get(caseId) ?? nothing;
}
