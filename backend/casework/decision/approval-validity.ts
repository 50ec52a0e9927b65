import type { Selectable } from 'kysely';
import type { ResetAction } from '../../../shared/api/case.ts';
import type { ApprovalReason, ApprovalState } from '../../../shared/api/four-eyes.ts';
import type { Role } from '../../../shared/api/operator.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { ApprovalsTable } from '../../store/tables.ts';

export type ApprovalRecord = Selectable<ApprovalsTable>;

/** What a yes is held against at the moment at which it is to be used. */
export interface ApprovalUse {
  readonly operatorId: string;
  readonly sessionId: string;
  readonly action: ResetAction;
  readonly policyVersion: number;
  readonly needed: readonly ApprovalReason[];
  /** The last moment at which something changed that the approver has not seen: contact data, a failed check. */
  readonly changedAt: number | null;
  readonly now: number;
}

/** The state as it is now: nothing waits or holds beyond its time. */
export function stateOf(approval: ApprovalRecord, now: number): ApprovalState {
  const over = approval.expires_at <= now && (approval.state === 'pending' || approval.state === 'approved');
  return over ? 'lapsed' : (approval.state as ApprovalState);
}

/**
 * Whether a yes carries this use: the same operator, session, action and policy, every reason covered, nothing changed since, and whoever
 * gave it is an approver still.
 */
export function carries(
  approval: ApprovalRecord,
  approver: { readonly roles: readonly Role[]; readonly disabled: boolean } | null,
  use: ApprovalUse,
): boolean {
  const covered = JSON.parse(approval.needed) as readonly ApprovalReason[];
  return (
    stateOf(approval, use.now) === 'approved' &&
    approval.operator_id === use.operatorId &&
    approval.session_id === use.sessionId &&
    approval.action === use.action &&
    approval.policy_version === use.policyVersion &&
    use.needed.every((reason) => covered.includes(reason)) &&
    (use.changedAt === null || (approval.decided_at !== null && use.changedAt <= approval.decided_at)) &&
    approver !== null &&
    !approver.disabled &&
    approver.roles.includes('approver') &&
    approval.decided_by !== approval.operator_id
  );
}

/** Whoever decided, as they are now: a yes of somebody who is no approver any more carries nothing. */
export async function approversOf(
  db: Transaction | Store['db'],
  approvals: readonly ApprovalRecord[],
): Promise<ReadonlyMap<string, { readonly roles: readonly Role[]; readonly disabled: boolean }>> {
  const ids = approvals.map(({ decided_by }) => decided_by).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('operators').selectAll().where('id', 'in', ids).execute();
  return new Map(
    rows.map((row) => [row.id, { roles: JSON.parse(row.roles) as Role[], disabled: row.state !== 'active' }]),
  );
}
