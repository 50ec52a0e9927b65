import { systemOrigin } from '../../store/append-event.ts';
import type { Approvals, ApprovalsCollaborators } from './approvals-port.ts';
import { AlreadySettled, settleApproval } from './settle-approval.ts';

/** Expires requests and unused approvals, at most 500 in one sweep. */
export function createSweepLapsedApprovals({
  store,
  live,
  now,
}: Pick<ApprovalsCollaborators, 'store' | 'live' | 'now'>): Approvals['sweepLapsed'] {
  return async () => {
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
  };
}
