import type { ApprovalReason } from '../../../shared/api/four-eyes.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';

export interface ApprovalCircumstances {
  readonly tier: string;
  readonly alertRaised: boolean;
  /** Contact data or a second factor was changed within the policy's time. */
  readonly changedRecently: boolean;
  /** Failed and refused verifications of the account within the policy's time, by all operators. */
  readonly failures: number;
  readonly flagged: boolean;
  /** An approver cleared a flag or lifted a freeze within the policy's time for toxic combinations. */
  readonly liftedRecently: boolean;
}

const knownTiers: ReadonlySet<string> = new Set(['standard', 'sensitive', 'privileged']);

/** Why a reset needs an approval, in the order in which the reasons are shown; empty if it needs none. */
export function approvalReasons(
  { tier, alertRaised, changedRecently, failures, flagged, liftedRecently }: ApprovalCircumstances,
  { approvals, failedChecks }: Pick<PolicyDocument, 'approvals' | 'failedChecks'>,
): ApprovalReason[] {
  const reasons: ApprovalReason[] = [];
  // An unknown tier is treated as the highest.
  if (approvals.tiers.includes(tier as 'standard') || !knownTiers.has(tier)) reasons.push('tier');
  if (alertRaised) reasons.push('raised-alert');
  if (changedRecently) reasons.push('toxic-combination');
  // Applies to the last attempt before only an approver can continue: with three allowed failures, the third.
  if (failures >= Math.max(1, failedChecks.most - 1)) reasons.push('third-attempt');
  if (flagged) reasons.push('flagged-account');
  if (liftedRecently) reasons.push('lifted-recently');
  return reasons;
}
