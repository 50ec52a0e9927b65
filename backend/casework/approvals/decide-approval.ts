import type { ApprovalReason } from '../../../shared/api/four-eyes.ts';
import { assertSecondPerson } from '../../authorization/four-eyes.ts';
import { assertRecentProof } from '../../authorization/recent-proof.ts';
import { Refusal } from '../../refusal.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { approvalStateOf, type ApprovalRecord } from '../decision/approval-validity.ts';
import { caseEnd } from '../decision/case-lifecycle.ts';
import type { Approvals, ApprovalsCollaborators } from './approvals-port.ts';

function assertPending(approval: ApprovalRecord, now: number): void {
  const state = approvalStateOf(approval, now);
  if (state === 'lapsed') throw new Refusal('approval.lapsed');
  if (state !== 'pending') throw new Refusal('approval.settled');
}

/** Records an approver's decision, once the approver has reauthenticated. */
export function createDecideApproval({
  store,
  policy,
  live,
  now,
}: Omit<ApprovalsCollaborators, 'contexts'>): Approvals['decide'] {
  return async (approvalId, { decision, reason }, session, origin) => {
    const known = await store.db
      .selectFrom('approvals')
      .selectAll()
      .where('id', '=', approvalId)
      .executeTakeFirst();
    if (!known) throw new Refusal('approval.not-found');
    const about = { action: 'approval.refused', caseId: known.case_id } as const;
    await withRefusalAudit(store, origin, about, () =>
      store.change(origin, async (tx, record) => {
        const inForce = await policy.current(tx);
        const { approvals } = inForce.document;
        const approval = await tx
          .selectFrom('approvals')
          .selectAll()
          .where('id', '=', approvalId)
          .executeTakeFirstOrThrow();
        assertPending(approval, now());
        const opened = await tx
          .selectFrom('cases')
          .innerJoin('accounts', 'accounts.id', 'cases.account_id')
          .selectAll('accounts')
          .select(['cases.state', 'cases.last_activity_at'])
          .where('cases.id', '=', approval.case_id)
          .executeTakeFirstOrThrow();
        await assertSecondPerson(tx, session.operator.id, {
          account: opened,
          doneBy: [approval.operator_id],
          caseId: approval.case_id,
        });
        const ended = caseEnd(opened, inForce.document, now());
        if (ended !== null) throw new Refusal(ended);
        assertRecentProof(session, approvals.provedWithin, now());
        const isApproved = decision === 'approve';
        await tx
          .updateTable('approvals')
          .set({
            state: isApproved ? 'approved' : 'denied',
            decided_by: session.operator.id,
            decided_at: now(),
            reason,
            // An approval is valid for as long as the request was.
            ...(isApproved && { expires_at: now() + approvals.validFor * 1000 }),
          })
          .where('id', '=', approvalId)
          .execute();
        await record({
          action: isApproved ? 'approval.approved' : 'approval.denied',
          outcome: isApproved ? 'done' : 'refused',
          accountId: approval.account_id,
          caseId: approval.case_id,
          facts: {
            approval: approvalId,
            action: approval.action,
            needed: (JSON.parse(approval.needed) as ApprovalReason[]).join(' '),
            reason,
          },
          policyVersion: inForce.version,
        });
      }),
    );
    live.publish({ type: 'approval-settled', approvalId, caseId: known.case_id });
  };
}
