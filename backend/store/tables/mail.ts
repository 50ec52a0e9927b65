import type { Generated } from 'kysely';
import type { Flag, Instant } from '../tables.ts';

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
