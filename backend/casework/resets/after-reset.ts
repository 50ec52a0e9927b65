import type { AccountRow } from '../../directories/directory.ts';
import { randomUUID } from 'node:crypto';
import type { ResetView } from '../../../shared/api/reset.ts';
import { maskEmail } from '../../text/mask.ts';
import type { Origin } from '../../store/append-event.ts';
import { thenForget } from '../../store/database-fault.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { firstAccountObstacle } from '../decision/account-obstacle.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent, Store } from '../../store/store.ts';
import { issueLink } from './issue-link.ts';
import { readResetOfOperator, type ReadResets } from './read-resets.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import { refusalFor } from '../decision/action-obstacle.ts';
import { isUnused } from '../decision/reset-state.ts';
import { createRevokeReset } from './revoke-reset.ts';
import { voidOpenLinks } from './void-open-links.ts';

export interface AfterReset {
  /** Sends a new link for the same reset and voids the one before; the reset does not become valid for longer. */
  resend(resetId: string, session: OperatorSession, origin: Origin): Promise<ResetView>;
  /** Revokes an unused reset: its link or its temporary password. */
  revoke(resetId: string, session: OperatorSession, origin: Origin): Promise<ResetView>;
}

/** Minimum milliseconds between two mails of one reset, and the maximum of mails after the first. */
const resendAfter = 60_000;
const maxResends = 3;

/** The actions after a reset: resend its link, or revoke it. */
const caseOf = async (store: Store, resetId: string): Promise<string> =>
  (await store.db.selectFrom('resets').select('case_id').where('id', '=', resetId).executeTakeFirst())
    ?.case_id ?? '';

/** The account's owner, as a mail greets them. */
const ownerOf = ({ id, display_name: displayName, user_name: userName }: AccountRow) => ({
  id,
  displayName,
  userName,
});

export function createAfterReset(
  { store, directory, mailer, mailComposer, channels, secrets, keyed, publicUrl, now }: ResetCollaborators,
  { viewOf }: ReadResets,
  policy: PolicyInForce,
): AfterReset {
  const revokeReset = createRevokeReset({ directory, now });
  /** The operator's own reset, while it is unused and valid. */
  const unused = async (tx: Transaction, resetId: string, session: OperatorSession) => {
    const reset = await readResetOfOperator(tx, resetId, session);
    if (!isUnused(reset, now())) throw new Refusal('reset.settled');
    return reset;
  };
  /** Voids the link of the reset and issues another one. */
  const renew = async (
    tx: Transaction,
    record: RecordEvent,
    { resetId, mailId }: { resetId: string; mailId: string },
    session: OperatorSession,
  ) => {
    const at = now();
    const reset = await unused(tx, resetId, session);
    if (reset.action !== 'reset-link') throw new Refusal('reset.settled');
    const found = await directory.get(reset.account_id, tx);
    if (!found) throw new Refusal('account.not-found');
    const { account } = found;
    const { document } = await policy.current(tx);
    // The reset was already decided. A new mail only checks what may have changed since then about its recipient.
    const obstacle = firstAccountObstacle({ account, coolDown: document.contactCoolDown, at }, [
      'frozen',
      'disabled',
      'expired',
      'not-started',
      'no-email',
      'contact-changed',
    ]);
    if (obstacle !== null) throw new Refusal(refusalFor(obstacle));
    // Checked before the earlier link is revoked, since the user may have that one.
    if ((await channels.obstacle('mailed-link', session, tx)) !== null)
      throw new Refusal('reset.mail-unavailable');
    if (reset.resent >= maxResends) throw new Refusal('request.rate-limited');
    const next = (reset.resent_at ?? reset.settled_at ?? reset.intended_at) + resendAfter;
    if (next > at) throw new Refusal('request.rate-limited', { until: new Date(next).toISOString() });
    const validUntil = reset.valid_until ?? at;
    await voidOpenLinks(tx, record, account.id, at, 'resent');
    const token = await issueLink(tx, keyed, {
      accountId: account.id,
      resetId,
      at,
      until: validUntil,
    });
    await tx
      .updateTable('resets')
      .set({
        mail_id: mailId,
        sent_to: maskEmail(account.email),
        resent: reset.resent + 1,
        resent_at: at,
        opened_at: null,
        // The reset continues; only its link ended.
        voided_at: null,
      })
      .where('id', '=', resetId)
      .execute();
    await record({
      action: 'reset-link.resent',
      accountId: account.id,
      caseId: reset.case_id,
      facts: { reset: resetId, count: reset.resent + 1, sentTo: maskEmail(account.email) },
    });
    return { account, token, until: validUntil };
  };

  return {
    async resend(resetId, session, origin) {
      const caseId = await caseOf(store, resetId);
      const mailId = randomUUID();
      await withRefusalAudit(store, origin, { action: 'reset-link.resent', caseId }, () =>
        store.change(origin, async (tx, record) => {
          const { account, token, until } = await renew(tx, record, { resetId, mailId }, session);
          const { content, saveLink } = await mailComposer.prepare(
            'reset-link',
            ownerOf(account),
            mailId,
            {
              link: token.map((it) => `${publicUrl()}/reset/${it}`),
              hours: String(Math.max(1, Math.round((until - now()) / 3_600_000))),
            },
            tx,
          );
          await saveLink(tx);
          const to = account.email ?? '';
          const about = { accountId: account.id, caseId };
          await mailer.enqueue(
            { kind: 'reset-link', to, ...content, ...about, goodUntil: until },
            mailId,
            tx,
          );
        }),
      );
      await mailer.deliverNow(mailId);
      return viewOf(resetId);
    },

    async revoke(resetId, session, origin) {
      await withRefusalAudit(
        store,
        origin,
        { action: 'reset.revoked', caseId: await caseOf(store, resetId) },
        () =>
          thenForget(
            store.change(origin, async (tx, record) => {
              await revokeReset(tx, record, await unused(tx, resetId, session));
            }),
            () => {
              secrets.delete(resetId);
            },
          ),
      );
      return viewOf(resetId);
    },
  };
}
