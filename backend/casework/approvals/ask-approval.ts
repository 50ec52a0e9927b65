import { randomUUID } from 'node:crypto';
import { Refusal } from '../../refusal.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { actionObstacle } from '../decision/action-obstacle.ts';
import { assertOpen } from '../decision/case-context.ts';
import { extendCase } from '../extend-case.ts';
import type { Approvals, ApprovalsCollaborators } from './approvals-port.ts';
import { settleApproval } from './settle-approval.ts';

/** Asks for an approver. A new request replaces the older ones of its case. */
export function createAskApproval({
  store,
  contexts,
  live,
  now,
}: Omit<ApprovalsCollaborators, 'policy'>): Approvals['ask'] {
  return async (caseId, { action, note }, session, origin) => {
    const asked = await withRefusalAudit(store, origin, { action: 'approval.refused', caseId }, () =>
      store.change(origin, async (tx, record) => {
        const context = await contexts.read(caseId, session, tx);
        assertOpen(context);
        const obstacle = actionObstacle(context, action);
        if (obstacle === null) throw new Refusal('approval.not-needed');
        if (obstacle.clearedBy === 'approver-answer') {
          throw new Refusal('request.conflict', { detail: 'A request is already waiting.' });
        }
        if (obstacle.clearedBy !== 'approval-request') throw new Refusal(obstacle.refusal);
        const { approvals } = context.policy.document;
        const id = randomUUID();
        // The new request replaces older ones, which were for another action or for fewer reasons.
        for (const older of context.approvals) {
          if (['pending', 'approved'].includes(older.state))
            await settleApproval(tx, record, older, 'withdrawn');
        }
        await tx
          .insertInto('approvals')
          .values({
            id,
            case_id: caseId,
            account_id: context.found.account.id,
            operator_id: session.operator.id,
            session_id: session.id,
            action,
            needed: JSON.stringify(context.approvalReasons),
            note: note === undefined || note === '' ? null : note,
            policy_version: context.policy.version,
            state: 'pending',
            asked_at: now(),
            expires_at: now() + approvals.validFor * 1000,
            decided_by: null,
            decided_at: null,
            reason: null,
          })
          .execute();
        await extendCase(tx, caseId, now());
        await record({
          action: 'approval.asked',
          accountId: context.found.account.id,
          caseId,
          facts: { approval: id, action, needed: context.approvalReasons.join(' '), note: note ?? null },
          policyVersion: context.policy.version,
        });
        return { id, number: context.opened.number, account: context.found.account };
      }),
    );
    live.publish(
      {
        type: 'approval-asked',
        approvalId: asked.id,
        caseNumber: asked.number,
        operator: session.operator.displayName,
        displayName: asked.account.display_name,
      },
      asked.account,
    );
    live.publish({ type: 'case-changed', caseId });
  };
}
