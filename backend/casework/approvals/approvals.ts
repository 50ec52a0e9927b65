import { randomUUID } from 'node:crypto';
import type { ResetAction } from '../../../shared/api/case.ts';
import type { ApprovalReason } from '../../../shared/api/four-eyes.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import { actionObstacle, refusalFor, type ActionCircumstances } from '../decision/action-obstacle.ts';
import { assertOpen, extendCase, type CaseContextReader } from '../decision/case-context.ts';
import type { Live } from '../../live/live.ts';
import { assertCanAccess, isOwnAccount } from '../../authorization/account-access.ts';
import { assertProved } from '../../authorization/assert-proved.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent, Store } from '../../store/store.ts';
import { stateOf, type ApprovalRecord } from '../decision/approval-validity.ts';

export interface Approvals {
  /** Asks for a second pair of eyes on a reset that has everything else. */
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
  /** Settles requests that nobody answered in time, and yeses that nobody used. */
  sweepLapsed(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly context: CaseContextReader;
  readonly policy: PolicyInForce;
  readonly circumstances: (session: OperatorSession) => ActionCircumstances;
  readonly live: Live;
  readonly now: () => number;
}

/** Four eyes: asked by the operator of a case, answered by an approver who is neither that operator nor the account's owner. */
export function createApprovals(collaborators: Collaborators): Approvals {
  const { store, context, policy, circumstances, live, now } = collaborators;

  return {
    async ask(caseId, { action, note }, session, origin) {
      const asked = await withRefusalAudit(store, origin, { action: 'approval.refused', caseId }, () =>
        store.change(origin, async (tx, record) => {
          const read = await context.read(caseId, session, tx);
          assertOpen(read);
          const obstacle = actionObstacle(read, action, circumstances(session));
          if (obstacle === null) throw new Refusal('approval.not-needed');
          if (obstacle === 'approval-pending') {
            throw new Refusal('request.conflict', { detail: 'A request is waiting already.' });
          }
          if (obstacle !== 'approval-needed') throw new Refusal(refusalFor[obstacle]);
          const { approvals } = read.policy.document;
          const id = randomUUID();
          // An older request, for another way or with fewer reasons, is worth nothing any more.
          for (const older of read.approvals) {
            if (['pending', 'approved'].includes(older.state))
              await settleApproval(tx, record, older, 'withdrawn');
          }
          await tx
            .insertInto('approvals')
            .values({
              id,
              case_id: caseId,
              account_id: read.found.account.id,
              operator_id: session.operator.id,
              session_id: session.id,
              action,
              needed: JSON.stringify(read.approvalNeeds),
              note: note === undefined || note === '' ? null : note,
              policy_version: read.policy.version,
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
            accountId: read.found.account.id,
            caseId,
            facts: { approval: id, action, needed: read.approvalNeeds.join(' '), note: note ?? null },
            policyVersion: read.policy.version,
          });
          return { id, number: read.opened.number, account: read.found.account };
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
          if (opened.state !== 'open') throw new Refusal('case.ended');
          if (opened.last_activity_at + inForce.document.case.idle * 1000 <= now()) {
            throw new Refusal('case.expired');
          }
          assertProved(session, approvals.provedWithin, now());
          const yes = decision === 'approve';
          await tx
            .updateTable('approvals')
            .set({
              state: yes ? 'approved' : 'denied',
              decided_by: session.operator.id,
              decided_at: now(),
              reason,
              // A yes is for now: it has to be used as soon as a grant has.
              ...(yes && { expires_at: now() + approvals.validFor * 1000 }),
            })
            .where('id', '=', approvalId)
            .execute();
          await record({
            action: yes ? 'approval.approved' : 'approval.denied',
            outcome: yes ? 'done' : 'refused',
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
            if (thrown instanceof SettledMeanwhile) return false;
            throw thrown;
          });
        if (lapsed) {
          live.publish({ type: 'approval-settled', approvalId: approval.id, caseId: approval.case_id });
        }
      }
    },
  };
}

class SettledMeanwhile extends Error {}

function assertMayDecide(approval: ApprovalRecord, session: OperatorSession, now: number): void {
  const state = stateOf(approval, now);
  if (state === 'lapsed') throw new Refusal('approval.lapsed');
  if (state !== 'pending') throw new Refusal('approval.settled');
  if (approval.operator_id === session.operator.id) throw new Refusal('approval.own-request');
}

/** Ends a request without an answer, in the transaction of what ended it. */
async function settleApproval(
  tx: Transaction,
  record: RecordEvent,
  approval: ApprovalRecord,
  state: 'lapsed' | 'withdrawn',
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('approvals')
    .set({ state })
    .where('id', '=', approval.id)
    .where('state', '=', approval.state)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new SettledMeanwhile();
  await record({
    action: `approval.${state}`,
    accountId: approval.account_id,
    caseId: approval.case_id,
    facts: { approval: approval.id, was: approval.state },
  });
}

/** A case that ends takes its open requests with it. */
export async function withdrawApprovals(tx: Transaction, record: RecordEvent, caseId: string): Promise<void> {
  const open = await tx
    .selectFrom('approvals')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('state', 'in', ['pending', 'approved'])
    .execute();
  for (const approval of open) await settleApproval(tx, record, approval, 'withdrawn');
}

/** The yes that a reset rests on is worth nothing after it. */
export const useApproval = (tx: Transaction, approvalId: string) =>
  tx.updateTable('approvals').set({ state: 'used' }).where('id', '=', approvalId).execute();
