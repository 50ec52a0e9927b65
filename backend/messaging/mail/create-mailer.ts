import { randomUUID } from 'node:crypto';
import { systemOrigin } from '../../store/append-event.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import { createChannelHealth, type ChannelHealth } from '../channel-health.ts';
import { createMailAttempts, type SettledHook } from './attempt-mail.ts';
import { createMailQueue, type QueuedMail } from './mail-queue.ts';
import type { Mailer, MailOutcome, SettledMail } from './mailer.ts';
import type { MailSettingsStore } from './mail-settings.ts';
import type { MailLogo } from './templates/mail-logo.ts';
import { withdrawMail } from './withdraw-mail.ts';

interface Collaborators {
  readonly store: Store;
  readonly settings: MailSettingsStore;
  readonly sealed: Sealed;
  readonly trust: ReadTrust;
  readonly outboxFolder: string;
  /** The organisation's name in the sender; none by default. */
  readonly organisation?: () => Promise<string>;
  /** The organisation's logo in each mail; none by default. */
  readonly logo?: () => Promise<MailLogo | null>;
  /** Records after every attempt whether the mail server works. */
  readonly health?: ChannelHealth;
  /** Called after the commit when a mail has a final state or waits for another attempt. */
  readonly onChange?: (mail: Pick<SettledMail, 'kind' | 'accountId' | 'caseId'>) => void;
  /** Ends running attempts whose server does not answer. Their mails stay queued. */
  readonly stopping?: AbortSignal;
  /** Whether password hashing is saturated: queued mails then leave more slowly. */
  readonly busy?: () => boolean;
  readonly now: () => number;
  /** Milliseconds that a sender waits for the first attempt; 4,000 by default. */
  readonly timeoutMs?: number;
}

/** Concurrent attempts per poll of the queue. */
const concurrency = 4;
/** Mails per poll: with a poll a second, at most 20 mails a second, beside the desk's own work. */
const batchSize = 20;
/** Mails per poll while password hashing is saturated. */
const busyBatchSize = 4;

/** Thrown if the mail got its final state between the query and the change. */
class SettledMeanwhile extends Error {}

/**
 * Sends mails by SMTP or keeps them in the outbox, as the settings say, and records the outcome of each. A mail is stored sealed before the first
 * attempt and deleted once its outcome is known: a mail that the server accepted is not sent again, and any other is retried, even after a restart.
 * If the server stops answering after it received the whole mail, it may have accepted it. Such a mail is retried with the same Message-ID; a mail
 * marked `neverTwice` is not, and ends `in-doubt`.
 */
export function createMailer(collaborators: Collaborators): Mailer {
  const { store, settings, sealed, trust, outboxFolder, onChange, now } = collaborators;
  const {
    organisation = async () => '',
    logo = async () => null,
    busy = () => false,
    timeoutMs = 4000,
    health = createChannelHealth(now),
  } = collaborators;
  const queue = createMailQueue({ store, sealed, now });
  const hooks: SettledHook[] = [];
  const attempt = createMailAttempts({
    store,
    settings,
    trust,
    outboxFolder,
    health,
    organisation,
    logo,
    hooks,
    stopping: collaborators.stopping,
    onChange,
    now,
  });
  const running = new Map<string, Promise<MailOutcome>>();

  const run = (mail: QueuedMail): Promise<MailOutcome> => {
    const work = attempt(mail).finally(() => running.delete(mail.id));
    running.set(mail.id, work);
    return work;
  };

  const claimAndRun = async (mailId: string): Promise<void> => {
    if (running.has(mailId)) return;
    const mail = await queue.claim(mailId);
    if (mail !== null) await run(mail);
  };

  /** The outcome of an attempt, or `sending` if it takes longer than `timeoutMs`; the attempt then continues. */
  const withTimeout = async (work: Promise<MailOutcome>, mailId: string): Promise<MailOutcome> => {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<MailOutcome>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, { mailId, state: 'sending', answer: null });
    });
    try {
      return await Promise.race([work, timeout]);
    } finally {
      clearTimeout(timer);
      // After the timeout no caller handles a failure of the attempt.
      work.catch(() => undefined);
    }
  };

  const withdrawOverdue = async (mailId: string): Promise<void> => {
    if (running.has(mailId)) return;
    await store
      .change(systemOrigin, async (tx, record) => {
        if (!(await withdrawMail(tx, record, mailId, now()))) throw new SettledMeanwhile();
      })
      .catch((thrown: unknown) => {
        if (!(thrown instanceof SettledMeanwhile)) throw thrown;
      });
  };

  return {
    async send(mail, mailId = randomUUID()) {
      const work = run(await queue.put(mail, mailId));
      // The sender of a test mail waits for the outcome without a time limit.
      return mail.kind === 'test' ? work : withTimeout(work, mailId);
    },

    async deliverNow(mailId) {
      const mail = running.has(mailId) ? null : await queue.claim(mailId);
      // A poll of the queue may have claimed it first.
      const work = mail === null ? running.get(mailId) : run(mail);
      if (work !== undefined) return withTimeout(work, mailId);
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

    whenSettled: (hook) => {
      hooks.push(hook);
    },

    async deliverDue() {
      for (const mailId of await queue.overdue(batchSize)) await withdrawOverdue(mailId);
      const due = await queue.due(busy() ? busyBatchSize : batchSize);
      const worker = async (): Promise<void> => {
        for (let id = due.shift(); id !== undefined; id = due.shift()) await claimAndRun(id);
      };
      await Promise.all(Array.from({ length: concurrency }, worker));
    },

    settled: async () => {
      await Promise.allSettled(running.values());
    },
  };
}
