import type { Selectable } from 'kysely';
import type { CasesTable, EvidenceTable } from '../../store/tables.ts';

/** A case that an operator ended because the caller could not be verified. */
export type RefusedCase = Pick<
  Selectable<CasesTable>,
  'id' | 'number' | 'operator_id' | 'refusal_reason' | 'ended_at'
>;

/** A check of another case with wrong codes that neither passed nor used up its tries, for example because its case ended first. */
export interface UnfinishedCheck {
  readonly caseId: string;
  readonly kind: string;
  readonly operatorId: string;
  /** When the last wrong code was entered. */
  readonly at: number;
}

/** What all operators together know about the last days of an account, since an attacker may call again and reach another operator. */
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
  /** Changes of contact data, second factor or protection-relevant fields (`details`) within the policy's time for toxic combinations. */
  readonly changed: readonly {
    readonly what: 'contact' | 'second-factor' | 'details';
    readonly at: number;
  }[];
  /** `by` is null if a report set the flag. */
  readonly flag: { readonly at: number; readonly by: string | null } | null;
  /** The newest flag or freeze in force of another account that is linked with this one. */
  readonly linked: { readonly what: 'flag' | 'freeze'; readonly at: number } | null;
  /** The newest flag or freeze that an approver lifted within the policy's time for toxic combinations. */
  readonly lifted: { readonly what: 'flag' | 'freeze'; readonly at: number } | null;
}

/** Reasons of refusal that say nothing about the caller's identity. */
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

/** The last change or failure that an approver must have known for the approval to count; null for none. In milliseconds. */
export function lastRelevantChange({
  failedChecks,
  unfinishedChecks,
  refusedCases,
  changed,
  flag,
  linked,
  lifted,
}: Memory): number | null {
  const at = Math.max(
    failedChecks[0]?.at ?? 0,
    unfinishedChecks[0]?.at ?? 0,
    refusedCases.find(isSuspectRefusal)?.ended_at ?? 0,
    flag?.at ?? 0,
    linked?.at ?? 0,
    lifted?.at ?? 0,
    ...changed.map((change) => change.at),
  );
  return at === 0 ? null : at;
}
