import type { Selectable } from 'kysely';
import type { CaseAction } from '../../../shared/api/case.ts';
import type { ApprovalReason, ApprovalState } from '../../../shared/api/four-eyes.ts';
import type { OperatorScope, Role } from '../../../shared/api/operator.ts';
import { canAccess } from '../../authorization/account-access.ts';
import { isOwnAccount, isSamePerson, type Person } from '../../authorization/persons.ts';
import type { ApprovalsTable } from '../../store/tables.ts';
import type { CaseContext } from './case-context.ts';
import { lastRelevantChange } from './memory.ts';

export type ApprovalRecord = Selectable<ApprovalsTable>;

/** The current state of the operator who decided about a request. */
export interface Approver {
  readonly roles: readonly Role[];
  readonly disabled: boolean;
  readonly person: Person;
  readonly scope: OperatorScope;
}

/** The current state. A request or an approval has expired once its time is over, even before a sweep records it. */
export function approvalStateOf(approval: ApprovalRecord, now: number): ApprovalState {
  const isOver =
    approval.expires_at <= now && (approval.state === 'pending' || approval.state === 'approved');
  return isOver ? 'lapsed' : (approval.state as ApprovalState);
}

/**
 * The approval that allows this action in this session now; null if there is none. It must be for the same operator, session, action and policy,
 * cover every reason, be newer than the last change that its approver had not seen, and come from an operator who still is an approver for the
 * account, is neither its owner nor the operator of the case under another name, and did not vouch as the manager.
 */
export function approvalFor(context: CaseContext, action: CaseAction): ApprovalRecord | null {
  const { approvals, approvers, vouchers, approvalReasons, session, policy, memory, found, at } = context;
  const changedAt = lastRelevantChange(memory);
  const isValid = (approval: ApprovalRecord): boolean => {
    const covered = JSON.parse(approval.needed) as readonly ApprovalReason[];
    const approver = approvers.get(approval.decided_by ?? '');
    return (
      approvalStateOf(approval, at) === 'approved' &&
      approval.operator_id === session.operator.id &&
      approval.session_id === session.id &&
      approval.action === action &&
      approval.policy_version === policy.version &&
      approvalReasons.every((reason) => covered.includes(reason)) &&
      (changedAt === null || (approval.decided_at !== null && changedAt <= approval.decided_at)) &&
      approver !== undefined &&
      !approver.disabled &&
      approver.roles.includes('approver') &&
      canAccess(approver, found.account) &&
      !isOwnAccount(approver.person, found.account) &&
      !isSamePerson(approver.person, context.person) &&
      !vouchers.some((manager) => isSamePerson(approver.person, manager))
    );
  };
  return approvals.find(isValid) ?? null;
}

/** Why an action lacks its approval; null if it needs none or has one. */
export function approvalObstacle(
  context: CaseContext,
  action: CaseAction,
): 'approval-needed' | 'approval-pending' | 'approval-denied' | null {
  const { approvalReasons, approvals, at } = context;
  if (approvalReasons.length === 0 || approvalFor(context, action) !== null) return null;
  const newest = approvals[0];
  if (newest === undefined) return 'approval-needed';
  const state = approvalStateOf(newest, at);
  if (state === 'pending') return 'approval-pending';
  // A denial is final for its case, so that the operator cannot ask one approver after the other until one agrees.
  return state === 'denied' ? 'approval-denied' : 'approval-needed';
}
