import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';

/** Voids every link of an account that could still be used, because a newer link, a reset or a sign-in makes them unnecessary. */
export async function voidOpenLinks(
  tx: Transaction,
  record: RecordEvent,
  accountId: string,
  at: number,
  why:
    | 'newer-link'
    | 'reset'
    | 'signed-in'
    | 'password-changed'
    | 'mail-failed'
    | 'crash'
    | 'frozen'
    | 'closed'
    | 'disabled'
    | 'resent'
    | 'revoked',
): Promise<void> {
  const open = await tx
    .selectFrom('reset_links')
    .select(['id', 'reset_id'])
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('voided_at', 'is', null)
    .execute();
  for (const { id, reset_id } of open) {
    await tx.updateTable('reset_links').set({ voided_at: at }).where('id', '=', id).execute();
    await tx
      .updateTable('resets')
      .set({ voided_at: at })
      .where('id', '=', reset_id)
      .where('voided_at', 'is', null)
      .execute();
    const reset = await tx
      .selectFrom('resets')
      .select('mail_id')
      .where('id', '=', reset_id)
      .executeTakeFirst();
    await withdrawMail(tx, record, reset?.mail_id ?? null, at);
    await record({ action: 'reset-link.voided', accountId, facts: { why, reset: reset_id } });
  }
  const own = await tx
    .selectFrom('self_service_links')
    .select(['id', 'mail_id'])
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('voided_at', 'is', null)
    .where('expires_at', '>', at)
    .execute();
  for (const { id, mail_id: mailId } of own) {
    await tx.updateTable('self_service_links').set({ voided_at: at }).where('id', '=', id).execute();
    await withdrawMail(tx, record, mailId, at);
    await record({ action: 'reset-link.voided', accountId, facts: { why, selfService: true } });
  }
}
