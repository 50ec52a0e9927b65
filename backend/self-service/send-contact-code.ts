import { randomUUID } from 'node:crypto';
import type { Secret } from '../../shared/secret/secret.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { Channels } from '../messaging/channels.ts';
import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import type { OwnChange } from '../credentials/own-changes/own-change.ts';
import type { Transaction } from '../store/store.ts';
import type { TextSender } from '../messaging/text-messages/text-sender.ts';
import { grouped } from '../casework/verification/one-time-code.ts';

interface Code {
  readonly changeId: string;
  readonly code: Secret;
  /** Milliseconds. */
  readonly until: number;
}

/** A verification code for a new address or number. */
export interface ContactCode {
  /** Queues a mail, in the transaction that stores the code. */
  readonly enqueue: (tx: Transaction) => Promise<void>;
  /** Sends a text message, for which there is no queue; false if the gateway did not accept it. */
  readonly deliver: () => Promise<boolean>;
}

export interface SendContactCode {
  /** Whether a text message gateway is configured. */
  canText(): Promise<boolean>;
  /** Whether a mail would reach its recipient, or will once the mail server works again. */
  canMail(): Promise<boolean>;
  prepare(account: AccountRow, change: OwnChange, code: Code): Promise<ContactCode>;
}

/** Sends the verification codes for a new address or number. */
export function createSendContactCode({
  mailer,
  mailComposer,
  texts,
  channels,
  now,
}: {
  mailer: Pick<Mailer, 'enqueue'>;
  mailComposer: MailComposer;
  texts: TextSender;
  channels: Channels;
  now: () => number;
}): SendContactCode {
  const minutesOf = (until: number) => String(Math.round((until - now()) / 60_000));
  return {
    canText: async () => (await channels.deliversExternally()).text,
    canMail: async () => (await channels.obstacle('mail', 'user'))?.reason !== 'channel-not-set-up',
    async prepare(
      { id: accountId, display_name: displayName, user_name: userName },
      change,
      { code, until },
    ) {
      if (change.kind === 'phone') {
        const text = `Your verification code is ${grouped(code.expose())}. It is valid for ${minutesOf(until)} minutes. Enter it on the page that asked for it, and do not share it with anyone.`;
        return {
          enqueue: () => Promise.resolve(),
          deliver: async () =>
            (await texts.send({ kind: 'code', to: change.phone, text, accountId, caseId: null })).state ===
            'accepted',
        };
      }
      const mailId = randomUUID();
      const owner = { id: accountId, displayName, userName };
      const { content, saveLink } = await mailComposer.prepare('contact-code', owner, mailId, {
        code: code.map(grouped),
        minutes: minutesOf(until),
      });
      const to = change.kind === 'email' || change.kind === 'recovery-address' ? change.address : '';
      return {
        enqueue: async (tx) => {
          await saveLink(tx);
          const mail = { kind: 'code', to, ...content, accountId, caseId: null, goodUntil: until } as const;
          await mailer.enqueue(mail, mailId, tx);
        },
        deliver: () => Promise.resolve(true),
      };
    },
  };
}
