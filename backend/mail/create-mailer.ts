import { randomUUID } from 'node:crypto';
import type { Store } from '../store/store.ts';
import type { Mail, Mailer } from './mailer.ts';
import type { MailSettingsStore } from './mail-settings.ts';
import { keepInOutbox, sendBySmtp } from './send-mail.ts';

interface Collaborators {
  readonly store: Store;
  readonly settings: MailSettingsStore;
  readonly outboxFolder: string;
  readonly now: () => number;
}

/** Codes of nodemailer that say more to a person than the server's words. */
const answerOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'The mail could not be sent.';
  const response =
    'response' in thrown && typeof thrown.response === 'string' ? thrown.response : thrown.message;
  return response.slice(0, 300);
};

/** Sends by SMTP or keeps in the outbox, as the settings say, and records what became of each mail. */
export function createMailer({ store, settings, outboxFolder, now }: Collaborators): Mailer {
  const way = async (mail: Mail, id: string) => {
    const stored = await settings.read();
    return stored.settings.transport === 'smtp'
      ? sendBySmtp(mail, stored)
      : keepInOutbox(mail, id, stored.settings.from, outboxFolder);
  };
  return {
    send: async (mail, mailId = randomUUID()) => {
      const { kind, to, subject, accountId, caseId } = mail;
      const queued = { id: mailId, kind, to_address: to, subject, account_id: accountId, case_id: caseId };
      // That a mail is on its way means nothing until something has become of it.
      await store.keepTime((tx) =>
        tx
          .insertInto('mails')
          .values({
            ...queued,
            state: 'sending',
            queued_at: now(),
            settled_at: null,
            answer: null,
            file: null,
          })
          .execute(),
      );
      const sent = await way(mail, mailId).catch((thrown: unknown) => ({
        state: 'failed' as const,
        answer: answerOf(thrown),
        file: null,
      }));
      await store.change(
        { actor: { kind: 'system' }, clientAddress: null, client: null },
        async (tx, record) => {
          await tx
            .updateTable('mails')
            .set({ state: sent.state, answer: sent.answer, file: sent.file, settled_at: now() })
            .where('id', '=', mailId)
            .execute();
          await record({
            action: `mail.${sent.state}`,
            outcome: sent.state === 'failed' ? 'failed' : 'done',
            accountId,
            caseId,
            facts: { kind, mail: mailId },
          });
        },
      );
      return { mailId, state: sent.state, answer: sent.answer };
    },
  };
}
