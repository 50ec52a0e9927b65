import { z } from 'zod';
import { caseAction, caseView } from './case.ts';
import { actionErrors, ownCaseErrors } from './case-errors.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { approvalReason, approvalState } from './four-eyes.ts';
import { typedNote } from './typed-text.ts';

/** One request for approval, as the queue lists it. */
export const approvalRow = z.object({
  id: z.string(),
  state: approvalState,
  action: caseAction,
  needed: z.array(approvalReason),
  caseId: z.string(),
  caseNumber: z.int(),
  accountId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  operator: z.string(),
  /** The operator's note to the approver. */
  note: z.string().nullable(),
  askedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** Why this approver cannot decide the request; null when they can. */
  obstacle: z.enum(['own-request', 'own-account', 'own-case', 'vouched']).nullable(),
});
export type ApprovalRow = z.infer<typeof approvalRow>;

const byApproval = z.object({ approvalId: z.string().min(1).max(100) });

export const askApproval = endpoint({
  id: 'askApproval',
  method: 'POST',
  path: '/cases/:caseId/approvals',
  summary:
    "Request the approval of a reset or unlock; any approver except the operator and the account's owner can decide",
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'fourEyes.ask',
  practised: true,
  params: z.object({ caseId: z.string().min(1).max(100) }),
  body: z.object({ action: caseAction, note: typedNote(limits.note).optional() }),
  answer: caseView,
  errors: [...actionErrors, 'account.not-locked', 'approval.not-needed'],
});

export const withdrawApproval = endpoint({
  id: 'withdrawApproval',
  method: 'POST',
  path: '/cases/:caseId/approvals/:approvalId/withdrawal',
  summary: 'Withdraw a waiting request for approval in the operator’s own case',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'fourEyes.withdraw',
  practised: true,
  params: z.object({ caseId: z.string().min(1).max(100), approvalId: z.string().min(1).max(100) }),
  answer: caseView,
  errors: [...ownCaseErrors, 'approval.not-found', 'approval.settled', 'approval.lapsed'],
});

export const listApprovals = endpoint({
  id: 'listApprovals',
  method: 'GET',
  path: '/approvals',
  summary: 'List pending requests for approval, oldest first, and those that were decided recently',
  right: 'approvals.decide',
  scope: { by: 'rows' },
  bridge: 'fourEyes.list',
  answer: z.object({ waiting: z.array(approvalRow), settled: z.array(approvalRow) }),
  errors: [],
});

export const getApproval = endpoint({
  id: 'getApproval',
  method: 'GET',
  path: '/approvals/:approvalId',
  summary: "Get one request with its case, its evidence and the account's recent history",
  right: 'approvals.decide',
  scope: { by: 'approval' },
  bridge: 'fourEyes.get',
  params: byApproval,
  answer: z.object({ approval: approvalRow, case: caseView }),
  errors: ['approval.not-found', 'case.not-found', 'directory.unavailable'],
});

export const decideApproval = endpoint({
  id: 'decideApproval',
  method: 'POST',
  path: '/approvals/:approvalId/decision',
  summary: 'Approve or deny a request, with a reason; needs a recent re-authentication',
  right: 'approvals.decide',
  scope: { by: 'approval', refusal: 'approval.refused' },
  proof: 'in-decision',
  bridge: 'fourEyes.decide',
  params: byApproval,
  body: z.object({
    decision: z.enum(['approve', 'deny']),
    reason: typedNote(limits.note).min(3),
  }),
  answer: approvalRow,
  errors: [
    'approval.not-found',
    'approval.settled',
    'approval.lapsed',
    'approval.own-request',
    'approval.own-account',
    'approval.own-case',
    'approval.vouched',
    'case.ended',
    'case.expired',
  ],
});
