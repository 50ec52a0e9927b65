import { randomUUID } from 'node:crypto';
import { maskEmail } from '../../text/mask.ts';
import type { Origin } from '../../store/append-event.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import { issueLink } from './issue-link.ts';
import type { BeginReset } from './begin-reset.ts';
import type { ReadResets } from './read-resets.ts';
import type { ResetAnswer, ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
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
): SendResetLink {
  // A link whose mail the server refuses later, from the queue, fails as one that is refused at once.
  mailer.whenSettled(async (tx, record, { mailId, kind, state }) => {
    if (kind !== 'reset-link' || state !== 'failed') return;
    const reset = await tx
      .selectFrom('resets')
      .selectAll()
      .where('mail_id', '=', mailId)
      .where('state', '=', 'done')
      .executeTakeFirst();
    if (!reset) return;
    await tx
      .updateTable('resets')
      .set({ state: 'failed', failure: 'mail.failed' })
      .where('id', '=', reset.id)
      .execute();
    await voidOpenLinks(tx, record, reset.account_id, now(), 'mail-failed');
    await record({
      action: 'reset.failed',
      outcome: 'failed',
      accountId: reset.account_id,
      caseId: reset.case_id,
      facts: { action: reset.action, reset: reset.id },
    });
  });

  return async (request, session, origin) => {
    const resetId = randomUUID();
    const mailId = randomUUID();
    const accountId = await store.change(origin, async (tx, record) => {
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
      return account.id;
    });
    const sent = await mailer.deliverNow(mailId);
    const failed = await store.change(origin, async (tx, record) => {
      // Read again in the transaction: the server may have answered after the wait for it had timed out.
      const mail = await tx
        .selectFrom('mails')
        .select('state')
        .where('id', '=', mailId)
        .executeTakeFirstOrThrow();
      const refused = mail.state === 'failed';
      await tx
        .updateTable('resets')
        .set({
          state: refused ? 'failed' : 'done',
          settled_at: now(),
          failure: refused ? 'mail.failed' : null,
        })
        .where('id', '=', resetId)
        .execute();
      if (refused) await voidOpenLinks(tx, record, accountId, now(), 'mail-failed');
      await record({
        action: refused ? 'reset.failed' : 'reset.done',
        outcome: refused ? 'failed' : 'done',
        accountId,
        caseId: request.caseId,
        facts: { action: request.action, reset: resetId },
      });
      return refused;
    });
    if (failed) throw new Refusal('mail.failed', { ...(sent.answer !== null && { detail: sent.answer }) });
    return { reset: await viewOf(resetId), temporaryPassword: null };
  };
}
