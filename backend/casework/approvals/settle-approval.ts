import type { RecordEvent, Transaction } from '../../store/store.ts';
import type { ApprovalRecord } from '../decision/approval-validity.ts';

/** Thrown if the request was settled after it was read. */
export class AlreadySettled extends Error {}

/** Ends a request without a decision, in the transaction of the cause. Throws {@link AlreadySettled}. */
export async function settleApproval(
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
  if (numUpdatedRows !== 1n) throw new AlreadySettled();
  await record({
    action: `approval.${state}`,
    accountId: approval.account_id,
    caseId: approval.case_id,
    facts: { approval: approval.id, was: approval.state },
  });
}

/** Withdraws the open requests of a case, in the transaction that ends it. */
export async function withdrawApprovals(tx: Transaction, record: RecordEvent, caseId: string): Promise<void> {
  const open = await tx
    .selectFrom('approvals')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('state', 'in', ['pending', 'approved'])
    .execute();
  for (const approval of open) await settleApproval(tx, record, approval, 'withdrawn');
}

/** Marks an approval as used by its reset: it allows no second one. */
export const markApprovalUsed = (tx: Transaction, approvalId: string) =>
  tx.updateTable('approvals').set({ state: 'used' }).where('id', '=', approvalId).execute();
