import { randomUUID } from 'node:crypto';
import type { Mail, Mailer } from '../messaging/mail/mailer.ts';
import { systemOrigin } from '../store/append-event.ts';
import type { Transaction, Store } from '../store/store.ts';
import type { TextSender } from '../messaging/text-messages/text-sender.ts';

/** A mailer and a text sender that keep their messages. */
export interface CapturedMail {
  readonly mailer: Mailer;
  readonly texts: TextSender;
  /** The text of a mail or text message by its id; null if it does not exist. */
  readonly read: (messageId: string) => string | null;
}

/** Accepts mails and texts as a server would, and keeps them in memory: none is sent. */
export function captureMail(store: Store, now: () => number): CapturedMail {
  const texts = new Map<string, string>();
  const insert = (tx: Transaction, { kind, to, subject, accountId, caseId }: Mail, mailId: string) =>
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
  const accept = async (mail: Mail, mailId: string) => {
    const { kind, accountId, caseId, text } = mail;
    await store.change(systemOrigin, async (tx, record) => {
      await insert(tx, mail, mailId);
      await record({ action: 'mail.accepted', accountId, caseId, facts: { kind, mail: mailId } });
    });
    texts.set(mailId, text);
  };
  return {
    read: (messageId) => texts.get(messageId) ?? null,
    mailer: {
      async send(mail, mailId = randomUUID()) {
        await accept(mail, mailId);
        return { mailId, state: 'accepted', answer: null };
      },
      async enqueue(mail, mailId, tx) {
        // Uses the caller's transaction, because a transaction of its own would wait for that one forever.
        if (tx === undefined) return accept(mail, mailId);
        await insert(tx, mail, mailId);
        texts.set(mailId, mail.text);
      },
      deliverNow: (mailId) => Promise.resolve({ mailId, state: 'accepted', answer: null }),
      // Every mail is accepted at once, so none settles later.
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
        texts.set(textId, text);
        return { textId, state: 'accepted', answer: null };
      },
    },
  };
}
