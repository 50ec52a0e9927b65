import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import { sendingFailed, type SettleReset } from './settle-reset.ts';
import { createTransmitSecret, type SecretToSend } from './transmit-secret.ts';

/** States of a message that did not reach the owner: refused, returned, or kept in an outbox that operators can read. */
const undeliveredStates: ReadonlySet<string> = new Set(['failed', 'bounced', 'kept-in-outbox']);

/** Mails or texts the secret that the operator may not see, and drops the password if the message is refused, at once or later. */
export function createSendSecret(collaborators: ResetCollaborators, settle: SettleReset) {
  const { mailer, secrets, now } = collaborators;

  mailer.whenSettled(async (tx, record, { mailId, kind, state }) => {
    if (kind !== 'temporary-password') return;
    const reset = await tx.selectFrom('resets').selectAll().where('mail_id', '=', mailId).executeTakeFirst();
    if (!reset) return;
    if (undeliveredStates.has(state) && (reset.state === 'done' || reset.state === 'unknown')) {
      secrets.delete(reset.id);
      await settle.failed(tx, record, reset);
    } else if (reset.state === 'unknown' && state === 'accepted') await settle.done(tx, record, reset);
  });

  const message = createTransmitSecret(collaborators);

  return {
    /** Withdraws queued mails of the account with an older password, which is not valid any longer. */
    async withdrawOlder(
      tx: Transaction,
      record: RecordEvent,
      accountId: string,
      resetId: string,
    ): Promise<void> {
      const waiting = await tx
        .selectFrom('resets')
        .innerJoin('mail_queue', 'mail_queue.mail_id', 'resets.mail_id')
        .select('resets.mail_id')
        .where('resets.account_id', '=', accountId)
        .where('resets.action', '=', 'temporary-password')
        .where('resets.id', '!=', resetId)
        .execute();
      for (const { mail_id } of waiting) await withdrawMail(tx, record, mail_id, now());
    },

    /** Queues the mail with the secret in the transaction that sets the password, so that no crash can separate the two. A text is only sent. */
    enqueue: message.enqueue,

    /** Throws `mail.failed` or `text.failed` when it is refused at once; the reset has failed then. */
    async send(sent: SecretToSend) {
      const { resetId, destination, origin } = sent;
      const { answer, stateIn } = await message.transmit(sent);
      const refused = await settle.conclude(origin, resetId, async (tx) =>
        undeliveredStates.has(await stateIn(tx)),
      );
      if (refused)
        throw new Refusal(sendingFailed[destination.channel], { ...(answer !== null && { detail: answer }) });
    },
  };
}
