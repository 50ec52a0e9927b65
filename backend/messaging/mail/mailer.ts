import type { MailKind, MailState } from '../../../shared/api/mail.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';

/** A mail to one recipient. `text` may contain a code or a link: it is never logged, and is stored sealed until the mail is sent. */
export interface Mail {
  readonly kind: MailKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The HTML part; rendered from `text` if omitted. */
  readonly html?: string;
  readonly accountId: string | null;
  readonly caseId: string | null;
  /** When its secret expires, in milliseconds. After that the mail is not sent. */
  readonly goodUntil?: number;
  /** Never sent twice: after an attempt with an unknown outcome the mail stays `in-doubt`. */
  readonly neverTwice?: boolean;
}

export interface MailOutcome {
  readonly mailId: string;
  /** `queued`: another attempt follows. `sending`: the attempt is still running; {@link Mailer.whenSettled} gets its outcome. */
  readonly state: MailState;
  /** The mail server's answer. */
  readonly answer: string | null;
}

/** A mail in its final state. */
export interface SettledMail extends MailOutcome {
  readonly kind: MailKind;
  readonly accountId: string | null;
  readonly caseId: string | null;
}

/** Sends mails and returns the mail server's answer. Does not throw if a mail cannot be sent. */
export interface Mailer {
  /**
   * Queues the mail and starts the first attempt; waits a few seconds for its outcome. Callers pass `mailId` if they need to refer to the mail
   * before. A test mail gets a single attempt.
   */
  send(mail: Mail, mailId?: string): Promise<MailOutcome>;
  /** Only queues the mail, in the transaction `tx` if given. {@link Mailer.deliverDue} sends it. */
  enqueue(mail: Mail, mailId: string, tx?: Transaction): Promise<void>;
  /** Starts an attempt for a queued mail whose transaction is committed; waits like {@link Mailer.send}. */
  deliverNow(mailId: string): Promise<MailOutcome>;
  /** Registers a hook that runs in the transaction that records the final state of a mail. */
  whenSettled(alongside: (tx: Transaction, record: RecordEvent, settled: SettledMail) => Promise<void>): void;
  /** Attempts the mails that are due, and withdraws those whose secret has expired. */
  deliverDue(): Promise<void>;
  /** Resolves when the running attempts have ended. Queued mails stay queued. */
  settled(): Promise<void>;
}
