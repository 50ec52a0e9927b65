import type { Approvals, ApprovalsCollaborators } from './approvals-port.ts';
import { createAskApproval } from './ask-approval.ts';
import { createDecideApproval } from './decide-approval.ts';
import { createSweepLapsedApprovals } from './sweep-lapsed-approvals.ts';
import { createWithdrawApproval } from './withdraw-approval.ts';

/** Approvals: the operator of a case asks, and an approver decides who is neither that operator nor the account's owner. */
export const createApprovals = (collaborators: ApprovalsCollaborators): Approvals => ({
  ask: createAskApproval(collaborators),
  withdraw: createWithdrawApproval(collaborators),
  decide: createDecideApproval(collaborators),
  sweepLapsed: createSweepLapsedApprovals(collaborators),
});
