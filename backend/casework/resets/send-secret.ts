import type { DeliveryChannel } from '../../../shared/api/delivery.ts';
import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import { createTransmitSecret, type SecretToSend } from './transmit-secret.ts';

/** The error code that a failed reset stores, by channel. */
export const sendingFailed = { mail: 'mail.failed', text: 'text.failed' } as const satisfies Readonly<
  globalThis.Record<DeliveryChannel, string>
>;

/** States of a message that did not reach the owner: refused, or kept in an outbox that operators can read. */
const undeliveredStates: ReadonlySet<string> = new Set(['failed', 'kept-in-outbox']);

/** Mails or texts the secret that the operator may not see, and drops the password if the message is refused, at once or later. */
export function createSendSecret(collaborators: ResetCollaborators) {
  const { store, directory, mailer, secrets, now } = collaborators;
  const dropPassword = async (tx: Transaction, record: RecordEvent, reset: ResetsTable) => {
    await directory.dropTemporaryPassword(reset.account_id, reset.id, tx);
    await tx
      .updateTable('resets')
      .set({
        state: 'failed',
        settled_at: now(),
        failure: sendingFailed[reset.sent_by === 'text' ? 'text' : 'mail'],
      })
      .where('id', '=', reset.id)
      .execute();
    await record({
      action: 'reset.failed',
      outcome: 'failed',
      accountId: reset.account_id,
      caseId: reset.case_id,
      facts: { action: reset.action, reset: reset.id },
    });
  };

  mailer.whenSettled(async (tx, record, { mailId, kind, state }) => {
    if (kind !== 'temporary-password' || (state !== 'failed' && state !== 'bounced')) return;
    const reset = await tx
      .selectFrom('resets')
      .selectAll()
      .where('mail_id', '=', mailId)
      .where('state', '=', 'done')
      .executeTakeFirst();
    if (!reset) return;
    secrets.delete(reset.id);
    await dropPassword(tx, record, reset);
  });

  const transmit = createTransmitSecret(collaborators);

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

    /** Throws `mail.failed` or `text.failed` when it is refused at once; the reset has failed then. */
    async send(sent: SecretToSend) {
      const { resetId, account, destination, half, caseId, origin } = sent;
      const { answer, stateIn } = await transmit(sent);
      const refused = await store.change(origin, async (tx, record) => {
        const reset = await tx
          .selectFrom('resets')
          .selectAll()
          .where('id', '=', resetId)
          .executeTakeFirstOrThrow();
        if (undeliveredStates.has(await stateIn(tx))) {
          await dropPassword(tx, record, reset);
          return true;
        }
        await tx
          .updateTable('resets')
          // A sealed password counts as seen: it was sent to the user, and the operator never sees it.
          .set({ state: 'done', settled_at: now(), ...(!half && { revealed_at: now() }) })
          .where('id', '=', resetId)
          .execute();
        await record({
          action: 'reset.done',
          accountId: account.id,
          caseId,
          facts: {
            action: reset.action,
            reset: resetId,
            deliveryMode: reset.delivery_mode,
            oldPassword: reset.old_password,
          },
        });
        return false;
      });
      if (refused)
        throw new Refusal(sendingFailed[destination.channel], { ...(answer !== null && { detail: answer }) });
    },
  };
}
