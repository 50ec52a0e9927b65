import { randomUUID } from 'node:crypto';
import { maskEmail } from '../../text/mask.ts';
import type { Origin } from '../../store/append-event.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import { issueLink } from './issue-link.ts';
import type { BeginReset } from './begin-reset.ts';
import type { ReadResets } from './read-resets.ts';
import type { ResetAnswer, ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import type { SettleReset } from './settle-reset.ts';
import { voidOpenLinks } from './void-open-links.ts';

type SendResetLink = (
  request: ResetRequest,
  session: OperatorSession,
  origin: Origin,
) => Promise<ResetAnswer>;

/** A reset by a link: intent, mail and outcome. */
export function createSendResetLink(
  { store, mailer, mailComposer, notifications, keyed, publicUrl, now }: ResetCollaborators,
  beginReset: BeginReset,
  { viewOf }: ReadResets,
  settle: SettleReset,
): SendResetLink {
  // A link whose mail the server refuses later, from the queue, fails like one that is refused at once. A link whose outcome was lost is done when
  // the server accepts its mail.
  mailer.whenSettled(async (tx, record, { mailId, kind, state }) => {
    if (kind !== 'reset-link') return;
    const reset = await tx.selectFrom('resets').selectAll().where('mail_id', '=', mailId).executeTakeFirst();
    if (!reset) return;
    if (state === 'failed' && (reset.state === 'done' || reset.state === 'unknown'))
      await settle.failed(tx, record, reset);
    else if (reset.state === 'unknown' && (state === 'accepted' || state === 'kept-in-outbox'))
      await settle.done(tx, record, reset);
  });

  return async (request, session, origin) => {
    const resetId = randomUUID();
    const mailId = randomUUID();
    await store.change(origin, async (tx, record) => {
      const begun = await beginReset(tx, record, request, session, resetId);
      const { account } = begun.context.found;
      await voidOpenLinks(tx, record, account.id, now(), 'newer-link');
      const issued = await issueLink(tx, keyed, {
        accountId: account.id,
        resetId,
        at: now(),
        until: begun.reset.valid_until ?? now(),
      });
      await tx
        .updateTable('resets')
        .set({ mail_id: mailId, sent_to: maskEmail(account.email) })
        .where('id', '=', resetId)
        .execute();
      await record({
        action: 'reset-link.issued',
        accountId: account.id,
        caseId: request.caseId,
        facts: { reset: resetId, sentTo: maskEmail(account.email) },
      });
      const { valid_until: until, intended_at: from } = begun.reset;
      const owner = { id: account.id, displayName: account.display_name, userName: account.user_name };
      const { content, saveLink } = await mailComposer.prepare(
        'reset-link',
        owner,
        mailId,
        {
          link: issued.map((token) => `${publicUrl()}/reset/${token}`),
          hours: String(Math.round(((until ?? 0) - from) / 3_600_000)),
        },
        tx,
      );
      await saveLink(tx);
      const mail = {
        kind: 'reset-link',
        to: account.email ?? '',
        ...content,
        accountId: account.id,
        caseId: request.caseId,
        ...(until !== null && { goodUntil: until }),
      } as const;
      // In the same transaction, so that a crash cannot leave a link that was issued and not mailed.
      await mailer.enqueue(mail, mailId, tx);
      const masked = maskEmail(account.email) ?? '';
      await notifications.resetLinkSent(
        tx,
        { accountId: account.id, caseId: request.caseId },
        { to: mail.to, masked },
      );
    });
    const sent = await mailer.deliverNow(mailId);
    // Read in the transaction: the server may have answered after the wait for it had timed out.
    const failed = await settle.conclude(origin, resetId, async (tx) => {
      const mail = tx.selectFrom('mails').select('state').where('id', '=', mailId);
      return (await mail.executeTakeFirstOrThrow()).state === 'failed';
    });
    if (failed) throw new Refusal('mail.failed', { ...(sent.answer !== null && { detail: sent.answer }) });
    return { reset: await viewOf(resetId), temporaryPassword: null };
  };
}
