import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';

/** Ends a required reset once every account has done it. */
export async function endIfAllDone(
  tx: Transaction,
  record: RecordEvent,
  requiredResetId: string,
  at: number,
): Promise<void> {
  const open = await tx
    .selectFrom('required_reset_accounts')
    .select('account_id')
    .where('required_reset_id', '=', requiredResetId)
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  if (open) return;
  const { numUpdatedRows } = await tx
    .updateTable('required_resets')
    .set({ state: 'finished', ended_at: at })
    .where('id', '=', requiredResetId)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (numUpdatedRows === 1n)
    await record({ action: 'required-reset.finished', facts: { requiredReset: requiredResetId } });
}

/**
 * Marks the required resets of an account as completed, in the transaction that sets the owner's new password, and withdraws queued mails about them.
 * Returns the required resets that changed.
 */
export async function completeRequiredResets(
  tx: Transaction,
  record: RecordEvent,
  accountId: string,
  at: number,
): Promise<readonly string[]> {
  const open = await tx
    .selectFrom('required_reset_accounts as account')
    .innerJoin('required_resets as required', 'required.id', 'account.required_reset_id')
    .select(['required.id', 'required.reason'])
    .where('account.account_id', '=', accountId)
    .where('account.state', '=', 'open')
    .where('required.state', '=', 'running')
    .execute();
  for (const { id, reason } of open) {
    await tx
      .updateTable('required_reset_accounts')
      .set({ state: 'done', done_at: at })
      .where('required_reset_id', '=', id)
      .where('account_id', '=', accountId)
      .execute();
    await record({ action: 'required-reset.done', accountId, facts: { requiredReset: id, reason } });
    const waiting = await tx
      .selectFrom('required_reset_mails as mail')
      .innerJoin('mail_queue', 'mail_queue.mail_id', 'mail.mail_id')
      .select('mail.mail_id')
      .where('mail.required_reset_id', '=', id)
      .where('mail.account_id', '=', accountId)
      .execute();
    for (const { mail_id } of waiting) await withdrawMail(tx, record, mail_id, at);
    await endIfAllDone(tx, record, id, at);
  }
  return open.map(({ id }) => id);
}
