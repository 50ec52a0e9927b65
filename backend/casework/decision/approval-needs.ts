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
}

const tiers: ReadonlySet<string> = new Set(['standard', 'sensitive', 'privileged']);

/** Why a reset needs a second pair of eyes, in the order in which it is told; empty when one pair is enough. */
export function approvalNeeds(
  { tier, alertRaised, changedRecently, failures, flagged }: ApprovalCircumstances,
  { approvals, failedChecks }: Pick<PolicyDocument, 'approvals' | 'failedChecks'>,
): ApprovalReason[] {
  const needed: ApprovalReason[] = [];
  // A tier that nobody knows is treated as the highest.
  if (approvals.tiers.includes(tier as 'standard') || !tiers.has(tier)) needed.push('tier');
  if (alertRaised) needed.push('raised-alert');
  if (changedRecently) needed.push('toxic-combination');
  // The attempt after the last but one: with three allowed failures, the third attempt.
  if (failures >= Math.max(1, failedChecks.most - 1)) needed.push('third-attempt');
  if (flagged) needed.push('flagged-account');
  return needed;
}
