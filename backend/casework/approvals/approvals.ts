import { randomUUID } from 'node:crypto';
import type { ResetAction } from '../../../shared/api/case.ts';
import type { ApprovalReason } from '../../../shared/api/four-eyes.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import { actionObstacle } from '../decision/action-obstacle.ts';
import { assertOpen } from '../decision/case-context.ts';
import { caseEnd } from '../decision/case-lifecycle.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import { extendCase } from '../extend-case.ts';
import type { Live } from '../../live/live.ts';
import { assertCanAccess, isOwnAccount } from '../../authorization/account-access.ts';
import { assertRecentProof } from '../../authorization/recent-proof.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import { approvalStateOf, type ApprovalRecord } from '../decision/approval-validity.ts';
import { AlreadySettled, settleApproval } from './settle-approval.ts';

export interface Approvals {
  /** Asks for an approver on a reset that lacks nothing else. */
  ask(
    caseId: string,
    wish: { action: ResetAction; note?: string | undefined },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
  /** An approver's yes or no. */
  decide(
    approvalId: string,
    answer: { decision: 'approve' | 'deny'; reason: string },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
  /** Lets requests lapse that were not answered in time, and approvals that were not used in time. */
  sweepLapsed(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly policy: PolicyInForce;
  readonly live: Live;
  readonly now: () => number;
}

/** Four eyes: the operator of a case asks, and an approver answers who is neither that operator nor the account's owner. */
export function createApprovals(collaborators: Collaborators): Approvals {
  const { store, contexts, policy, live, now } = collaborators;

  return {
    async ask(caseId, { action, note }, session, origin) {
      const asked = await withRefusalAudit(store, origin, { action: 'approval.refused', caseId }, () =>
        store.change(origin, async (tx, record) => {
          const context = await contexts.read(caseId, session, tx);
          assertOpen(context);
          const obstacle = actionObstacle(context, action);
          if (obstacle === null) throw new Refusal('approval.not-needed');
          if (obstacle.clearedBy === 'approver-answer') {
            throw new Refusal('request.conflict', { detail: 'A request is waiting already.' });
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
    },

    async decide(approvalId, { decision, reason }, session, origin) {
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
          assertMayDecide(approval, session, now());
          const opened = await tx
            .selectFrom('cases')
            .innerJoin('accounts', 'accounts.id', 'cases.account_id')
            .selectAll('accounts')
            .select(['cases.state', 'cases.last_activity_at'])
            .where('cases.id', '=', approval.case_id)
            .executeTakeFirstOrThrow();
          if (isOwnAccount(session.operator, opened)) throw new Refusal('approval.own-account');
          assertCanAccess(session.operator, opened);
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
              // An approval is as short-lived as the request was.
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
    },

    async sweepLapsed() {
      const over = await store.db
        .selectFrom('approvals')
        .selectAll()
        .where('state', 'in', ['pending', 'approved'])
        .where('expires_at', '<=', now())
        .limit(500)
        .execute();
      for (const approval of over) {
        const lapsed = await store
          .change(systemOrigin, async (tx, record) => {
            await settleApproval(tx, record, approval, 'lapsed');
            return true;
          })
          .catch((thrown: unknown) => {
            if (thrown instanceof AlreadySettled) return false;
            throw thrown;
          });
        if (lapsed) {
          live.publish({ type: 'approval-settled', approvalId: approval.id, caseId: approval.case_id });
        }
      }
    },
  };
}

function assertMayDecide(approval: ApprovalRecord, session: OperatorSession, now: number): void {
  const state = approvalStateOf(approval, now);
  if (state === 'lapsed') throw new Refusal('approval.lapsed');
  if (state !== 'pending') throw new Refusal('approval.settled');
  if (approval.operator_id === session.operator.id) throw new Refusal('approval.own-request');
}
