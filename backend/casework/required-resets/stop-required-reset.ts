import type { OperatorSession } from '../../authorization/operator-session.ts';
import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';

/** Stops a running required reset and withdraws its queued mails. Throws `required-reset.ended`. */
export function createStopRequiredReset({
  store,
  now,
}: {
  readonly store: Store;
  readonly now: () => number;
}) {
  return (id: string, reason: string, session: OperatorSession, origin: Origin): Promise<void> =>
    store.change(origin, async (tx, record) => {
      const { numUpdatedRows } = await tx
        .updateTable('required_resets')
        .set({
          state: 'stopped',
          ended_at: now(),
          stopped_by: session.operator.displayName,
          stop_reason: reason,
        })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new Refusal('required-reset.ended');
      const waiting = await tx
        .selectFrom('required_reset_mails as mail')
        .innerJoin('mail_queue', 'mail_queue.mail_id', 'mail.mail_id')
        .select('mail.mail_id')
        .where('mail.required_reset_id', '=', id)
        .execute();
      for (const { mail_id } of waiting) await withdrawMail(tx, record, mail_id, now());
      const facts = { requiredReset: id, reason, withdrawn: waiting.length };
      await record({ action: 'required-reset.stopped', facts });
    });
}
