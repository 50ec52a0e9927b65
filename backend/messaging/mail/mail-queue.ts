import { z } from 'zod';
import { mailKinds } from '../../../shared/api/mail.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { Mail } from './mailer.ts';

/** A mail as it is sent: the same Message-ID and date in every attempt, so that a copy is known for one. */
export interface QueuedMail extends Mail {
  readonly id: string;
  /** Milliseconds. */
  readonly queuedAt: number;
  /** Attempts so far, the one under way included. */
  readonly attempts: number;
  /** Must not be sent twice, and the attempt before never told how it ended: it may have left. */
  readonly inDoubt?: boolean;
}

export interface MailQueue {
  /** Writes the mail down, claimed for whoever does so, or `later` for whoever looks next; with `tx` in that change. */
  put(mail: Mail, mailId: string, when?: 'claimed' | 'later', tx?: Transaction): Promise<QueuedMail>;
  /** Takes a due mail for one attempt; null when somebody else has it or it is gone. */
  claim(mailId: string): Promise<QueuedMail | null>;
  /** Ids of what may be tried now, oldest first. */
  due(limit: number): Promise<string[]>;
  /** Ids of what is worth nothing any more. */
  overdue(limit: number): Promise<string[]>;
}

/**
 * Milliseconds for which an attempt has the mail to itself: longer than an attempt can take. After a crash in the middle of one the mail is tried
 * again when this is over.
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

/** The mails that have not left yet, sealed in the database. */
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
      // That a mail is on its way means nothing until something has become of it.
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
          // Whoever began the attempt before would have written down how it ended.
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
