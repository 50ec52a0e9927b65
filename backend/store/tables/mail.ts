import type { Generated } from 'kysely';
import type { Flag, Instant } from './columns.ts';

/** One row for each mail that still has to leave; gone as soon as something has become of it. */
export interface MailQueueTable {
  mail_id: string;
  /** The mail as JSON, sealed: it may carry a code or a link. */
  sealed: string;
  /** Also the end of the claim of whoever is sending it now. */
  next_attempt_at: Instant;
  /** When its secret is worth nothing any more; null for a mail without one. */
  good_until: Instant | null;
  /** Rather not at all than twice: an attempt of which nobody knows how it ended is its last. */
  never_twice: Generated<Flag>;
}

/** Every version of a template that was changed; null for the product's own text, come back to. */
export interface MailTemplatesTable {
  name: string;
  version: number;
  subject: string | null;
  body: string | null;
  changed_at: Instant;
  changed_by: string | null;
}

/** What "This was not me" in a mail leads to. */
export interface NotMeLinksTable {
  id: string;
  token_hash: string;
  account_id: string;
  mail_id: string;
  created_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
}

/** What a reader who is not the account's owner follows to report that they know nothing of it. */
export interface ReportLinksTable {
  id: string;
  token_hash: string;
  /** Whose manager was written to. */
  account_id: string | null;
  /** The operator who was written to. */
  operator_id: string | null;
  mail_id: string;
  created_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
}

/** Each time an account was frozen, and by whom and why it was let go again. */
export interface AccountFreezesTable {
  id: string;
  account_id: string;
  frozen_at: Instant;
  by_name: string | null;
  via: string;
  /** The mail whose link froze it. */
  mail_id: string | null;
  lifted_at: Instant | null;
  lifted_by: string | null;
  lift_reason: string | null;
}

/** One mail and what became of it; its text is never stored here. */
export interface MailsTable {
  id: string;
  kind: string;
  to_address: string;
  subject: string;
  account_id: string | null;
  case_id: string | null;
  state: string;
  queued_at: Instant;
  settled_at: Instant | null;
  /** The mail server's answer, or what went wrong. */
  answer: string | null;
  /** Name of the file in the outbox. */
  file: string | null;
  attempts: number;
  /** Null when nothing more will be tried. */
  next_attempt_at: Instant | null;
}
