import type { Origin } from '../audit/append-event.ts';
import type { AccountRow } from '../directory/directory.ts';
import { withdrawMail } from '../mail/withdraw-mail.ts';
import { Refusal } from '../refusal.ts';
import type { Change, Record } from '../store/store.ts';
import type { ResetsTable } from '../store/tables.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import { secretMail } from './secret-mail.ts';

interface SecretToSend {
  readonly resetId: string;
  readonly mailId: string;
  readonly account: AccountRow;
  readonly to: string;
  readonly secret: string;
  /** The second half of a split password. */
  readonly half: boolean;
  /** Milliseconds. */
  readonly validUntil: number;
  readonly caseId: string;
  readonly origin: Origin;
}

/** Mails what the operator may not see, and takes the password back where the mail is refused, at once or later. */
export function createSendSecret({ store, directory, mailer, secrets, publicUrl, now }: ResetCollaborators) {
  const takeBack = async (tx: Change, record: Record, reset: ResetsTable) => {
    await directory.dropTemporaryPassword(reset.account_id, reset.id, tx);
    await tx
      .updateTable('resets')
      .set({ state: 'failed', settled_at: now(), failure: 'mail.failed' })
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
    secrets.forget(reset.id);
    await takeBack(tx, record, reset);
  });

  return {
    /** Older mails of the account that still wait carry a password that is dead now. */
    async withdrawOlder(tx: Change, record: Record, accountId: string, resetId: string): Promise<void> {
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

    /** Throws `mail.failed` when the mail server refuses it at once; the reset has failed then. */
    async send({ resetId, mailId, account, to, secret, half, validUntil, caseId, origin }: SecretToSend) {
      const minutes = Math.round((validUntil - now()) / 60_000);
      const mail = secretMail({
        displayName: account.display_name,
        secret,
        half,
        minutes,
        loginUrl: `${publicUrl()}/login`,
      });
      const outcome = await mailer.send(
        { kind: 'temporary-password', to, ...mail, accountId: account.id, caseId, goodUntil: validUntil },
        mailId,
      );
      const refused = await store.change(origin, async (tx, record) => {
        const reset = await tx
          .selectFrom('resets')
          .selectAll()
          .where('id', '=', resetId)
          .executeTakeFirstOrThrow();
        // As it stands now: the server may have answered since the patience for it was over.
        const { state } = await tx
          .selectFrom('mails')
          .select('state')
          .where('id', '=', mailId)
          .executeTakeFirstOrThrow();
        if (state === 'failed') {
          await takeBack(tx, record, reset);
          return true;
        }
        await tx
          .updateTable('resets')
          // A sealed one counts as seen: its user has it, and nobody else will.
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
        throw new Refusal('mail.failed', { ...(outcome.answer !== null && { detail: outcome.answer }) });
    },
  };
}
