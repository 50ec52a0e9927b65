import type { Selectable } from 'kysely';
import type { CasesTable, EvidenceTable } from '../../store/tables.ts';

/** A case that an operator ended because the caller could not be verified. */
export type RefusedCase = Pick<
  Selectable<CasesTable>,
  'id' | 'number' | 'operator_id' | 'refusal_reason' | 'ended_at'
>;

/** A check of another case in which wrong codes were read back, and which neither passed nor used up its tries: the case may have ended first. */
export interface UnfinishedCheck {
  readonly caseId: string;
  readonly kind: string;
  readonly operatorId: string;
  /** When the last wrong code was read back. */
  readonly at: number;
}

/** What all operators together know about the last days of an account: an attacker calls again and reaches another operator. */
export interface Memory {
  /** Failed checks of the last 7 days, newest first. */
  readonly failedChecks: readonly EvidenceTable[];
  /** Checks of the last 7 days with wrong codes and no result, newest first. Each counts like a failed one, so that ending a case renews no tries. */
  readonly unfinishedChecks: readonly UnfinishedCheck[];
  /** Refused cases of the last 7 days, newest first. */
  readonly refusedCases: readonly RefusedCase[];
  /** Failed and refused verifications within the policy's time; see {@link countFailures}. */
  readonly failures: number;
  /** Resets of the last 7 days in other cases. */
  readonly resetsBefore: number;
  /** Changes of contact data, second factor or what decides about the account (`details`) within the policy's time for toxic combinations. */
  readonly changed: readonly {
    readonly what: 'contact' | 'second-factor' | 'details';
    readonly at: number;
  }[];
  /** `by` is null where a report set the flag and not an operator. */
  readonly flag: { readonly at: number; readonly by: string | null } | null;
  /** The newest flag that was cleared or freeze that was lifted within the policy's time for toxic combinations. */
  readonly lifted: { readonly what: 'flag' | 'freeze'; readonly at: number } | null;
}

/** Refusals that say nothing about who called. */
const harmlessRefusals: ReadonlySet<string> = new Set(['gave-up', 'not-reached']);

/** Whether a refused case is a sign that the caller was not the owner. */
export const isSuspectRefusal = ({ refusal_reason }: Pick<RefusedCase, 'refusal_reason'>): boolean =>
  !harmlessRefusals.has(refusal_reason ?? '');

/** Verifications that failed after `since`, in milliseconds. A case that failed and was then refused counts once for each failed check. */
export function countFailures(
  {
    failedChecks,
    unfinishedChecks,
    refusedCases,
  }: Pick<Memory, 'failedChecks' | 'unfinishedChecks' | 'refusedCases'>,
  since: number,
): number {
  const failed = [
    ...failedChecks.map((check) => ({ caseId: check.case_id, at: check.at })),
    ...unfinishedChecks,
  ].filter(({ at }) => at > since);
  const refused = refusedCases.filter(
    (refusedCase) =>
      (refusedCase.ended_at ?? 0) > since &&
      isSuspectRefusal(refusedCase) &&
      !failed.some(({ caseId }) => caseId === refusedCase.id),
  );
  return failed.length + refused.length;
}

/** The last change or failure that an approver must have seen before a yes counts; null for none. In milliseconds. */
export function lastRelevantChange({
  failedChecks,
  unfinishedChecks,
  refusedCases,
  changed,
  flag,
  lifted,
}: Memory): number | null {
  const at = Math.max(
    failedChecks[0]?.at ?? 0,
    unfinishedChecks[0]?.at ?? 0,
    refusedCases.find(isSuspectRefusal)?.ended_at ?? 0,
    flag?.at ?? 0,
    lifted?.at ?? 0,
    ...changed.map((change) => change.at),
  );
  return at === 0 ? null : at;
}
