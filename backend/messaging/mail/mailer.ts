import type { MailKind, MailState } from '../../../shared/api/mail.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';

/** A mail to one reader. `text` may carry a code or a link: outside the outbox it is never logged, and stored sealed until it has left. */
export interface Mail {
  readonly kind: MailKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for readers of HTML; made from `text` when it is not given. */
  readonly html?: string;
  readonly accountId: string | null;
  readonly caseId: string | null;
  /** Milliseconds: from then on its secret is worth nothing, and it is not sent any more. */
  readonly goodUntil?: number;
  /** Rather not at all than twice: after an attempt that nobody knows the end of, the mail is `in-doubt` and stays so. */
  readonly neverTwice?: boolean;
}

export interface MailOutcome {
  readonly mailId: string;
  /** `queued`: it will be tried again. `sending`: the server takes its time; what comes of it is told to {@link Mailer.whenSettled}. */
  readonly state: MailState;
  /** The mail server's words. */
  readonly answer: string | null;
}

/** A mail of which something has become for good. */
export interface SettledMail extends MailOutcome {
  readonly kind: MailKind;
  readonly accountId: string | null;
  readonly caseId: string | null;
}

/** Sends, and says what the mail server said; never throws for a mail that could not be sent. */
export interface Mailer {
  /**
   * Puts the mail in the queue and tries it at once, for a few seconds. The id is known before, so that others can point to it. A test mail is
   * tried once only.
   */
  send(mail: Mail, mailId?: string): Promise<MailOutcome>;
  /** Puts the mail in the queue alone, for many at once: they leave in their turn. With `tx` it is there when that is committed. */
  enqueue(mail: Mail, mailId: string, tx?: Transaction): Promise<void>;
  /** Tries a mail that was posted, once its change is committed, as {@link Mailer.send} does: at once, for a few seconds. */
  deliverNow(mailId: string): Promise<MailOutcome>;
  /** Runs in the transaction that writes down what has become of a mail. */
  whenSettled(alongside: (tx: Transaction, record: RecordEvent, settled: SettledMail) => Promise<void>): void;
  /** Tries what is due; drops what is worth nothing any more. */
  deliverDue(): Promise<void>;
  /** Lets attempts under way end. What is still queued stays so. */
  settled(): Promise<void>;
}
