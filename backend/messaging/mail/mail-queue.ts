import { z } from 'zod';
import { mailKinds } from '../../../shared/api/mail.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { Mail } from './mailer.ts';

/** A mail to be sent, with the same Message-ID and date in every attempt, so that mail programs recognise a duplicate. */
export interface QueuedMail extends Mail {
  readonly id: string;
  /** Milliseconds. */
  readonly queuedAt: number;
  /** Number of attempts, including the current one. */
  readonly attempts: number;
  /** Must not be sent twice, and the outcome of the previous attempt is unknown. */
  readonly inDoubt?: boolean;
}

export interface MailQueue {
  /** Stores the mail, `claimed` by the caller or for `later` delivery; in the transaction `tx` if given. */
  put(mail: Mail, mailId: string, when?: 'claimed' | 'later', tx?: Transaction): Promise<QueuedMail>;
  /** Claims a due mail for one attempt; null if another backend has claimed it or it is no longer queued. */
  claim(mailId: string): Promise<QueuedMail | null>;
  /** Ids of the mails that are due, oldest first. */
  due(limit: number): Promise<string[]>;
  /** Ids of the mails whose secret has expired. */
  overdue(limit: number): Promise<string[]>;
}

/**
 * Milliseconds for which a claim lasts; longer than any attempt. After a crash during an attempt, the mail is retried when its claim ends.
 */
export const claimFor = 60_000;

const sealedMail = z.object({
  kind: z.enum(mailKinds),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
});

const placeOf = (mailId: string): string => `mail ${mailId}`;

/** The mails that have not been sent yet, sealed in the database. */
export function createMailQueue({
  store,
  sealed,
  now,
}: {
  store: Store;
  sealed: Sealed;
  now: () => number;
}): MailQueue {
  return {
    async put(mail, mailId, when = 'claimed', alongside) {
      const { kind, to, subject, text, html, accountId, caseId, goodUntil, neverTwice = false } = mail;
      const at = now();
      const claimed = when === 'claimed';
      const next = claimed ? at + claimFor : at;
      const content = sealed.seal(placeOf(mailId), JSON.stringify({ kind, to, subject, text, html }));
      const write = async (tx: Transaction) => {
        await tx
          .insertInto('mails')
          .values({
            id: mailId,
            kind,
            to_address: to,
            subject,
            account_id: accountId,
            case_id: caseId,
            state: claimed ? 'sending' : 'queued',
            queued_at: at,
            settled_at: null,
            answer: null,
            file: null,
            attempts: claimed ? 1 : 0,
            next_attempt_at: claimed ? null : next,
          })
          .execute();
        await tx
          .insertInto('mail_queue')
          .values({
            mail_id: mailId,
            sealed: content,
            next_attempt_at: next,
            good_until: goodUntil ?? null,
            never_twice: neverTwice ? 1 : 0,
          })
          .execute();
      };
      // Unaudited: the final state of the mail is recorded.
      await (alongside ? write(alongside) : store.writeUnaudited(write));
      return { ...mail, id: mailId, queuedAt: at, attempts: claimed ? 1 : 0 };
    },

    claim: (mailId) =>
      store.writeUnaudited(async (tx) => {
        const at = now();
        const row = await tx
          .selectFrom('mail_queue')
          .innerJoin('mails', 'mails.id', 'mail_queue.mail_id')
          .selectAll('mail_queue')
          .select(['mails.queued_at', 'mails.attempts', 'mails.state', 'mails.account_id', 'mails.case_id'])
          .where('mail_queue.mail_id', '=', mailId)
          .where('mail_queue.next_attempt_at', '<=', at)
          .executeTakeFirst();
        if (!row) return null;
        const { numUpdatedRows } = await tx
          .updateTable('mail_queue')
          .set({ next_attempt_at: at + claimFor })
          .where('mail_id', '=', mailId)
          .where('next_attempt_at', '=', row.next_attempt_at)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return null;
        const attempts = row.attempts + 1;
        await tx
          .updateTable('mails')
          .set({ state: 'sending', attempts, next_attempt_at: null })
          .where('id', '=', mailId)
          .execute();
        const { html, ...content } = sealedMail.parse(JSON.parse(sealed.open(placeOf(mailId), row.sealed)));
        return {
          ...content,
          ...(html !== undefined && { html }),
          ...(row.good_until !== null && { goodUntil: row.good_until }),
          accountId: row.account_id,
          caseId: row.case_id,
          neverTwice: row.never_twice === 1,
          // Still `sending`: the previous attempt ended without recording its outcome.
          inDoubt: row.never_twice === 1 && row.state === 'sending',
          id: mailId,
          queuedAt: row.queued_at,
          attempts,
        };
      }),

    async due(limit) {
      const rows = await store.db
        .selectFrom('mail_queue')
        .select('mail_id')
        .where('next_attempt_at', '<=', now())
        .orderBy('next_attempt_at')
        .limit(limit)
        .execute();
      return rows.map(({ mail_id }) => mail_id);
    },

    async overdue(limit) {
      const rows = await store.db
        .selectFrom('mail_queue')
        .select('mail_id')
        .where('good_until', '<=', now())
        .limit(limit)
        .execute();
      return rows.map(({ mail_id }) => mail_id);
    },
  };
}
