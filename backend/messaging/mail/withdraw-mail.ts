import type { Transaction, RecordEvent } from '../../store/store.ts';

/**
 * Withdraws a mail that has not been sent yet and deletes its text, because its code or link is no longer valid. Returns false if the mail already
 * has a final state.
 */
export async function withdrawMail(
  tx: Transaction,
  record: RecordEvent,
  mailId: string | null,
  at: number,
): Promise<boolean> {
  if (mailId === null) return false;
  const { numDeletedRows } = await tx
    .deleteFrom('mail_queue')
    .where('mail_id', '=', mailId)
    .executeTakeFirst();
  if (numDeletedRows !== 1n) return false;
  const mail = await tx
    .updateTable('mails')
    .set({ state: 'withdrawn', settled_at: at, next_attempt_at: null })
    .where('id', '=', mailId)
    .returning(['kind', 'account_id', 'case_id'])
    .executeTakeFirstOrThrow();
  await record({
    action: 'mail.withdrawn',
    accountId: mail.account_id,
    caseId: mail.case_id,
    facts: { kind: mail.kind, mail: mailId },
  });
  return true;
}
