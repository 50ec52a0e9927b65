import { systemOrigin } from '../../store/append-event.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import type { Store } from '../../store/store.ts';
import type { ChannelHealth } from '../channel-health.ts';
import { failureMessage, isServerFault, isTransient, retryDelayMs } from './attempt-failure.ts';
import type { QueuedMail } from './mail-queue.ts';
import type { Mailer, MailOutcome, SettledMail } from './mailer.ts';
import type { MailSettingsStore } from './mail-settings.ts';
import { namedSender } from './named-sender.ts';
import { keepInOutbox, NoAnswerToMail, sendBySmtp, type Sent } from './send-mail.ts';
import type { MailLogo } from './templates/mail-logo.ts';

/** Runs in the transaction that records the final state of a mail. */
export type SettledHook = Parameters<Mailer['whenSettled']>[0];

interface Collaborators {
  readonly store: Store;
  readonly settings: MailSettingsStore;
  readonly trust: ReadTrust;
  readonly outboxFolder: string;
  readonly health: ChannelHealth;
  /** The organisation's name for the sender's address; empty for none. */
  readonly organisation: () => Promise<string>;
  /** The organisation's logo; null without one. */
  readonly logo: () => Promise<MailLogo | null>;
  readonly hooks: readonly SettledHook[];
  /** Ends attempts whose server does not answer. */
  readonly stopping?: AbortSignal | undefined;
  readonly onChange?: ((mail: Pick<SettledMail, 'kind' | 'accountId' | 'caseId'>) => void) | undefined;
  readonly now: () => number;
}

/** Milliseconds after which the backend gives up on an undelivered mail. A mail with a secret ends earlier, with its secret. */
const giveUpAfterMs = 3 * 24 * 3_600_000;

const inDoubt: Sent = {
  state: 'in-doubt',
  answer: 'The mail server may or may not have accepted this mail. It is not sent again.',
  file: null,
};

/** Attempts to deliver one claimed mail: records its final state, or puts it back into the queue for a later attempt. */
export function createMailAttempts(collaborators: Collaborators) {
  const { store, settings, trust, outboxFolder, health, organisation, logo, hooks, stopping, onChange, now } =
    collaborators;
  /** Results of the mail server that are not recorded yet. A busy database must not lead to a second mail. */
  const unrecorded = new Map<string, Sent>();

  const deliver = async (mail: QueuedMail): Promise<Sent> => {
    const read = await settings.read();
    const from = namedSender(read.settings.from, await organisation());
    const stored = { ...read, settings: { ...read.settings, from } };
    if (stored.settings.transport === 'smtp')
      return mail.inDoubt === true
        ? inDoubt
        : sendBySmtp(mail, stored, await trust(), await logo(), stopping);
    // Safe even in doubt: a second attempt writes the same file.
    return keepInOutbox(mail, from, outboxFolder, await logo());
  };

  const settle = async ({ id, kind, accountId, caseId }: QueuedMail, sent: Sent): Promise<MailOutcome> => {
    const outcome = { mailId: id, state: sent.state, answer: sent.answer };
    await store.change(systemOrigin, async (tx, record) => {
      await tx.deleteFrom('mail_queue').where('mail_id', '=', id).execute();
      await tx
        .updateTable('mails')
        .set({ ...sent, settled_at: now(), next_attempt_at: null })
        .where('id', '=', id)
        .execute();
      await record({
        action: `mail.${sent.state}`,
        outcome: sent.state === 'failed' || sent.state === 'in-doubt' ? 'failed' : 'done',
        accountId,
        caseId,
        facts: { kind, mail: id, answer: sent.answer },
      });
      for (const hook of hooks) await hook(tx, record, { ...outcome, kind, accountId, caseId });
    });
    unrecorded.delete(id);
    onChange?.({ kind, accountId, caseId });
    return outcome;
  };

  /** Queues the mail for a later attempt, unless it was withdrawn in the meantime. The first failure is recorded as `mail.queued`. */
  const postpone = async (mail: QueuedMail, answer: string): Promise<MailOutcome> => {
    const { id, kind, accountId, caseId, attempts } = mail;
    const next = now() + retryDelayMs(attempts);
    const state = await store.writeUnaudited(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('mail_queue')
        .set({ next_attempt_at: next })
        .where('mail_id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return 'withdrawn' as const;
      await tx
        .updateTable('mails')
        .set({ state: 'queued', answer, next_attempt_at: next })
        .where('id', '=', id)
        .execute();
      return 'queued' as const;
    });
    if (state === 'queued' && attempts === 1) {
      await store.change(systemOrigin, (_tx, record) =>
        record({ action: 'mail.queued', accountId, caseId, facts: { kind, mail: id, answer } }),
      );
    }
    onChange?.({ kind, accountId, caseId });
    return { mailId: id, state, answer };
  };

  return async (mail: QueuedMail): Promise<MailOutcome> => {
    try {
      const sent = unrecorded.get(mail.id) ?? (await deliver(mail));
      if (sent.state === 'accepted') health.worked('mail');
      unrecorded.set(mail.id, sent);
      return await settle(mail, sent);
    } catch (thrown) {
      if (unrecorded.has(mail.id)) throw thrown;
      const cause = thrown instanceof NoAnswerToMail ? thrown.cause : thrown;
      const answer = failureMessage(cause);
      if (isServerFault(cause)) health.failed('mail', answer);
      if (mail.neverTwice === true && thrown instanceof NoAnswerToMail) return settle(mail, inDoubt);
      const isLastAttempt = mail.kind === 'test' || mail.queuedAt + giveUpAfterMs <= now();
      if (isTransient(cause) && !isLastAttempt) return postpone(mail, answer);
      return settle(mail, { state: 'failed', answer, file: null });
    }
  };
}
