import { randomUUID } from 'node:crypto';
import type { Mail, Mailer } from '../messaging/mail/mailer.ts';
import { systemOrigin } from '../store/append-event.ts';
import type { Transaction, Store } from '../store/store.ts';
import type { TextSender } from '../messaging/text-messages/text-sender.ts';

/** What was written to somebody, by the id of the mail or text. */
export interface Captured {
  readonly mailer: Mailer;
  readonly texts: TextSender;
  /** The words of a mail or text; null for one that there is not. */
  readonly read: (messageId: string) => string | null;
}

/** Takes mails and texts as a server would, and keeps them in memory: nothing leaves. */
export function captureMail(store: Store, now: () => number): Captured {
  const kept = new Map<string, string>();
  const put = (tx: Transaction, { kind, to, subject, accountId, caseId }: Mail, mailId: string) =>
    tx
      .insertInto('mails')
      .values({
        id: mailId,
        kind,
        to_address: to,
        subject,
        account_id: accountId,
        case_id: caseId,
        state: 'accepted',
        queued_at: now(),
        settled_at: now(),
        answer: null,
        file: null,
        attempts: 1,
        next_attempt_at: null,
      })
      .execute();
  const take = async (mail: Mail, mailId: string) => {
    const { kind, accountId, caseId, text } = mail;
    await store.change(systemOrigin, async (tx, record) => {
      await put(tx, mail, mailId);
      await record({ action: 'mail.accepted', accountId, caseId, facts: { kind, mail: mailId } });
    });
    kept.set(mailId, text);
  };
  return {
    read: (messageId) => kept.get(messageId) ?? null,
    mailer: {
      async send(mail, mailId = randomUUID()) {
        await take(mail, mailId);
        return { mailId, state: 'accepted', answer: null };
      },
      async enqueue(mail, mailId, tx) {
        // Part of somebody's change: a change of its own would wait for that one for ever.
        if (tx === undefined) return take(mail, mailId);
        await put(tx, mail, mailId);
        kept.set(mailId, mail.text);
      },
      deliverNow: (mailId) => Promise.resolve({ mailId, state: 'accepted', answer: null }),
      // Every mail is taken at once: there is nothing to wait for.
      whenSettled: () => undefined,
      deliverDue: () => Promise.resolve(),
      settled: () => Promise.resolve(),
    },
    texts: {
      async send({ kind, to, text, accountId, caseId }, textId = randomUUID()) {
        await store.change(systemOrigin, async (tx, record) => {
          await tx
            .insertInto('text_messages')
            .values({
              id: textId,
              kind,
              to_number: to,
              account_id: accountId,
              case_id: caseId,
              state: 'accepted',
              queued_at: now(),
              settled_at: now(),
              answer: null,
              file: null,
            })
            .execute();
          await record({ action: 'text.accepted', accountId, caseId, facts: { kind, text: textId } });
        });
        kept.set(textId, text);
        return { textId, state: 'accepted', answer: null };
      },
    },
  };
}
