import { randomUUID } from 'node:crypto';
import { systemOrigin } from '../../store/append-event.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import { failureMessage, isTransient, retryDelayMs } from './attempt-failure.ts';
import { createMailQueue, type QueuedMail } from './mail-queue.ts';
import type { Mailer, MailOutcome, SettledMail } from './mailer.ts';
import type { MailSettingsStore } from './mail-settings.ts';
import { keepInOutbox, NoAnswerToMail, sendBySmtp, type Sent } from './send-mail.ts';
import { withdrawMail } from './withdraw-mail.ts';

interface Collaborators {
  readonly store: Store;
  readonly settings: MailSettingsStore;
  readonly sealed: Sealed;
  readonly outboxFolder: string;
  /** Told after the commit that something has become of a mail, or that it waits for another try. */
  readonly onChange?: (mail: Pick<SettledMail, 'kind' | 'accountId' | 'caseId'>) => void;
  /** Whether the desk has more to do than it has cores for: what can wait leaves more slowly then. */
  readonly busy?: () => boolean;
  readonly now: () => number;
  /** Milliseconds that whoever sends waits for the first attempt. */
  readonly timeoutMs?: number;
}

/** After this long (milliseconds) a mail without a secret is given up as well. */
const giveUpAfter = 3 * 24 * 3_600_000;
/** Attempts at the same time in one look at the queue, and mails looked at: with a look a second the pace of what can wait, beside the desk's own work. */
const atOnce = 4;
const batchSize = 20;
/** While the desk has its hands full, the fewest that leave all the same. */
const busyBatchSize = 4;

const inDoubt: Sent = {
  state: 'in-doubt',
  answer: 'It is not known whether the mail server took this mail. It is not sent twice.',
  file: null,
};

/** Something became of the mail between the look and the change. */
class SettledMeanwhile extends Error {}

/**
 * Sends by SMTP or keeps in the outbox, as the settings say, and records what became of each mail. A mail is written down sealed before it is
 * tried, and wiped when something has become of it: what a server took is not sent again, and what no server took is tried again, after a restart too.
 * One thing cannot be known: a server that took a mail and fell silent before it said so. Such a mail is tried again, with the same Message-ID; one
 * that must never leave twice is not, and is in doubt.
 */
export function createMailer(collaborators: Collaborators): Mailer {
  const {
    store,
    settings,
    sealed,
    outboxFolder,
    onChange,
    busy = () => false,
    now,
    timeoutMs = 4000,
  } = collaborators;
  const queue = createMailQueue({ store, sealed, now });
  const alongside: Parameters<Mailer['whenSettled']>[0][] = [];
  const running = new Map<string, Promise<MailOutcome>>();
  /** What a server has taken, until that is written down: if the database is busy, the mail must not leave twice. */
  const taken = new Map<string, Sent>();

  const leave = async (mail: QueuedMail): Promise<Sent> => {
    const stored = await settings.read();
    // Kept twice it is the same file; sent twice it would be two mails.
    if (stored.settings.transport === 'smtp')
      return mail.inDoubt === true ? inDoubt : sendBySmtp(mail, stored);
    return keepInOutbox(mail, stored.settings.from, outboxFolder);
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
      for (const work of alongside) await work(tx, record, { ...outcome, kind, accountId, caseId });
    });
    taken.delete(id);
    onChange?.({ kind, accountId, caseId });
    return outcome;
  };

  /** Leaves the mail for another attempt; it may have been withdrawn meanwhile. */
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

  const attempt = async (mail: QueuedMail): Promise<MailOutcome> => {
    try {
      const sent = taken.get(mail.id) ?? (await leave(mail));
      taken.set(mail.id, sent);
      return await settle(mail, sent);
    } catch (thrown) {
      if (taken.has(mail.id)) throw thrown;
      if (mail.neverTwice === true && thrown instanceof NoAnswerToMail) return settle(mail, inDoubt);
      const answer = failureMessage(thrown instanceof NoAnswerToMail ? thrown.cause : thrown);
      const lastChance = mail.kind === 'test' || mail.queuedAt + giveUpAfter <= now();
      if (isTransient(thrown instanceof NoAnswerToMail ? thrown.cause : thrown) && !lastChance)
        return postpone(mail, answer);
      return settle(mail, { state: 'failed', answer, file: null });
    }
  };

  const run = (mail: QueuedMail): Promise<MailOutcome> => {
    const work = attempt(mail).finally(() => running.delete(mail.id));
    running.set(mail.id, work);
    return work;
  };

  const deliver = async (mailId: string): Promise<void> => {
    if (running.has(mailId)) return;
    const mail = await queue.claim(mailId);
    if (mail !== null) await run(mail);
  };

  /** What has become of a mail when the patience for it is over. */
  const orTooLong = async (work: Promise<MailOutcome>, mailId: string): Promise<MailOutcome> => {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<MailOutcome>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, { mailId, state: 'sending', answer: null });
    });
    try {
      return await Promise.race([work, tooLong]);
    } finally {
      clearTimeout(timer);
      // Nobody else may be waiting for it when it fails to be written down.
      work.catch(() => undefined);
    }
  };

  return {
    async send(mail, mailId = randomUUID()) {
      const work = run(await queue.put(mail, mailId));
      // A test mail is waited for: whoever sends it wants to know, however long it takes.
      return mail.kind === 'test' ? work : orTooLong(work, mailId);
    },

    async deliverNow(mailId) {
      const mail = running.has(mailId) ? null : await queue.claim(mailId);
      // A look at the queue may have been quicker.
      const work = mail === null ? running.get(mailId) : run(mail);
      if (work !== undefined) return orTooLong(work, mailId);
      const { state, answer } = await store.db
        .selectFrom('mails')
        .select(['state', 'answer'])
        .where('id', '=', mailId)
        .executeTakeFirstOrThrow();
      return { mailId, state: state as MailOutcome['state'], answer };
    },

    enqueue: async (mail, mailId, tx) => {
      await queue.put(mail, mailId, 'later', tx);
    },

    whenSettled: (work) => {
      alongside.push(work);
    },

    async deliverDue() {
      for (const mailId of await queue.overdue(batchSize)) {
        if (running.has(mailId)) continue;
        await store
          .change(systemOrigin, async (tx, record) => {
            if (!(await withdrawMail(tx, record, mailId, now()))) throw new SettledMeanwhile();
          })
          .catch((thrown: unknown) => {
            if (!(thrown instanceof SettledMeanwhile)) throw thrown;
          });
      }
      const due = await queue.due(busy() ? busyBatchSize : batchSize);
      const next = async (): Promise<void> => {
        for (let id = due.shift(); id !== undefined; id = due.shift()) await deliver(id);
      };
      await Promise.all(Array.from({ length: atOnce }, next));
    },

    settled: async () => {
      await Promise.allSettled(running.values());
    },
  };
}
