import type { Generated } from 'kysely';
import type { Flag, Instant } from './columns.ts';

/** Mails that have not been sent yet; a row is deleted once its mail is settled. */
export interface MailQueueTable {
  mail_id: string;
  /** The mail as JSON; sealed, since it may contain a code or a link. */
  sealed: string;
  /** Also the end of the lease of the process that is sending it. */
  next_attempt_at: Instant;
  /** When its secret expires; null for a mail without a secret. */
  good_until: Instant | null;
  /** At most once: an attempt with an unknown outcome is not repeated. */
  never_twice: Generated<Flag>;
}

/** The versions of changed templates; null in both texts restores the built-in one. */
export interface MailTemplatesTable {
  name: string;
  version: number;
  subject: string | null;
  body: string | null;
  changed_at: Instant;
  changed_by: string | null;
}

/** The "This was not me" links in mails to account owners. */
export interface NotMeLinksTable {
  id: string;
  token_hash: string;
  account_id: string;
  mail_id: string;
  created_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
  /** The mail tells an address that it was removed. */
  to_former: Flag;
}

/** The links by which a manager or operator reports a mail that they did not expect. */
export interface ReportLinksTable {
  id: string;
  token_hash: string;
  /** The account whose manager received the mail. */
  account_id: string | null;
  /** The operator who received the mail. */
  operator_id: string | null;
  mail_id: string;
  created_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
  /** The mail tells an address that it was removed. */
  to_former: Flag;
}

/** Freezes of accounts, with who lifted them and why. */
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

/** A mail and its outcome; its content is not stored. */
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
  /** The mail server's answer, or the error. */
  answer: string | null;
  /** The file name in the outbox. */
  file: string | null;
  attempts: number;
  /** Null if no further attempt will be made. */
  next_attempt_at: Instant | null;
}
