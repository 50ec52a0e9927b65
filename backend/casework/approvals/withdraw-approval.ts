import { Refusal } from '../../refusal.ts';
import { assertOpen } from '../decision/case-context.ts';
import { approvalStateOf } from '../decision/approval-validity.ts';
import type { Approvals, ApprovalsCollaborators } from './approvals-port.ts';
import { settleApproval } from './settle-approval.ts';

/** Withdraws a pending request for the operator who made it. */
export const createWithdrawApproval =
  ({
    store,
    contexts,
    live,
  }: Pick<ApprovalsCollaborators, 'store' | 'contexts' | 'live'>): Approvals['withdraw'] =>
  async (caseId, approvalId, session, origin) => {
    await store.change(origin, async (tx, record) => {
      const context = await contexts.read(caseId, session, tx);
      assertOpen(context);
      const approval = context.approvals.find(({ id }) => id === approvalId);
      if (approval === undefined) throw new Refusal('approval.not-found');
      const state = approvalStateOf(approval, context.at);
      if (state === 'lapsed') throw new Refusal('approval.lapsed');
      if (state !== 'pending') throw new Refusal('approval.settled');
      await settleApproval(tx, record, approval, 'withdrawn');
    });
    live.publish({ type: 'approval-settled', approvalId, caseId });
  };
