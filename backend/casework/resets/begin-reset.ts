import { markApprovalUsed } from '../approvals/settle-approval.ts';
import { actionObstacles, assertActionAllowed } from '../decision/action-obstacle.ts';
import { approvalFor } from '../decision/approval-validity.ts';
import { assertOpen, type CaseContext } from '../decision/case-context.ts';
import { replaceableReset, withoutReset } from '../decision/reset-state.ts';
import { extendCase } from '../extend-case.ts';
import { spendInContext } from '../grants/spend-on-action.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import { unusedReset } from '../../store/tables/unused-reset.ts';
import type { ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { createRevokeReset } from './revoke-reset.ts';

/** Spends the grant and writes the intent. Every decision that can refuse a reset is made here, in its transaction. */
export type BeginReset = (
  tx: Transaction,
  record: RecordEvent,
  request: ResetRequest,
  session: OperatorSession,
  resetId: string,
) => Promise<{ context: CaseContext; reset: ResetsTable }>;

export function createBeginReset({
  contexts,
  directory,
  now,
}: Pick<ResetCollaborators, 'contexts' | 'directory' | 'now'>): BeginReset {
  const revokeReset = createRevokeReset({ directory, now });

  return async (tx, record, { caseId, grantId, action, credential, key, insteadOf }, session, resetId) => {
    const context = await contexts.read(caseId, session, tx);
    assertOpen(context);
    const missingChecks = actionObstacles(context, action).find(({ clearedBy }) => clearedBy === 'checks');
    // A caller who is not verified is refused for that reason, whatever else is wrong with the reset or its grant.
    if (missingChecks !== undefined) throw new Refusal(missingChecks.refusal);
    const { policy, found } = context;
    // Checked before the other obstacles: an existing grant gives the most specific reason.
    const isSpent = await spendInContext(tx, context, { grantId, action }, now());
    const replaced = insteadOf === undefined ? null : replaceableReset(context, insteadOf);
    assertActionAllowed(withoutReset(context, insteadOf), action);
    if (!isSpent) throw new Refusal('grant.not-found');
    if (replaced !== null) await revokeReset(tx, record, replaced, resetId);
    const { temporaryPassword, resetLink } = policy.document;
    const isPass = credential === 'access-pass';
    const ofPassword = isPass ? temporaryPassword.accessPassFor : temporaryPassword.validFor;
    const seconds = action === 'reset-link' ? resetLink.validFor : ofPassword;
    const reset: ResetsTable = {
      id: resetId,
      case_id: caseId,
      account_id: found.account.id,
      operator_id: session.operator.id,
      grant_id: grantId,
      action,
      tier: found.account.tier,
      idempotency_key: key,
      state: 'intended',
      intended_at: now(),
      settled_at: null,
      failure: null,
      valid_until: now() + seconds * 1000,
      ...unusedReset,
    };
    await tx.insertInto('resets').values(reset).execute();
    const approval = approvalFor(context, action);
    if (approval) await markApprovalUsed(tx, approval.id);
    await extendCase(tx, caseId, now());
    await record({
      action: 'reset.intended',
      accountId: found.account.id,
      caseId,
      facts: { action, reset: resetId, tier: found.account.tier },
      policyVersion: policy.version,
    });
    return { context, reset };
  };
}
