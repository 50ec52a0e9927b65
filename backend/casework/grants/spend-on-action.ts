import type { CaseAction } from '../../../shared/api/case.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction } from '../../store/store.ts';
import { markApprovalUsed } from '../approvals/settle-approval.ts';
import { assertActionAllowed } from '../decision/action-obstacle.ts';
import { approvalFor } from '../decision/approval-validity.ts';
import { assertOpen, type CaseContext } from '../decision/case-context.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import { extendCase } from '../extend-case.ts';
import { spendGrant } from './spend-grant.ts';

interface Spending {
  readonly caseId: string;
  readonly grantId: string;
  readonly action: CaseAction;
}

/** Spends the grant of the context's case and session. Returns whether there is such a grant. */
export const spendInContext = (
  tx: Transaction,
  { session, opened, found, policy }: CaseContext,
  { grantId, action }: Omit<Spending, 'caseId'>,
  now: number,
): Promise<boolean> =>
  spendGrant(
    tx,
    {
      grantId,
      caseId: opened.id,
      accountId: found.account.id,
      operatorId: session.operator.id,
      sessionId: session.id,
      action,
      policyVersion: policy.version,
    },
    now,
  );

/**
 * Spends a grant and its approval on an action of the case, in the transaction that records the intent. Every decision that can refuse the action is made
 * here.
 */
export async function spendOnAction(
  tx: Transaction,
  { contexts, now }: { readonly contexts: CaseContextReader; readonly now: () => number },
  { caseId, ...spending }: Spending,
  session: OperatorSession,
): Promise<CaseContext> {
  const context = await contexts.read(caseId, session, tx);
  assertOpen(context);
  // Checked before the other obstacles: an existing grant gives the most specific reason.
  const isSpent = await spendInContext(tx, context, spending, now());
  assertActionAllowed(context, spending.action);
  if (!isSpent) throw new Refusal('grant.not-found');
  const approval = approvalFor(context, spending.action);
  if (approval) await markApprovalUsed(tx, approval.id);
  await extendCase(tx, caseId, now());
  return context;
}
