import type { Flag, Instant } from './columns.ts';

/** An administrator's demand that many accounts get a new password. */
export interface RequiredResetsTable {
  id: string;
  reason: string;
  /** accounts, list or filter */
  audience: string;
  /** running, finished or stopped */
  state: string;
  started_by: string;
  started_at: Instant;
  due_at: Instant;
  ended_at: Instant | null;
  stopped_by: string | null;
  stop_reason: string | null;
}

/** One account of a required reset. */
export interface RequiredResetAccountsTable {
  required_reset_id: string;
  account_id: string;
  /** open, done or left-out */
  state: string;
  left_out: string | null;
  /** The account has no usable email address, so the help desk has to tell its owner. */
  by_desk: Flag;
  /**
   * How far its owner has been notified: 0 for not yet, then the time of the first mail, then the due time of the last reminder. Reminders due later than
   * this have not been sent.
   */
  told_for: Instant;
  told_at: Instant | null;
  done_at: Instant | null;
}

/** The mails of a required reset. Unique for each account and kind, so that no mail is sent twice. */
export interface RequiredResetMailsTable {
  required_reset_id: string;
  account_id: string;
  /** told, or the reminder: before-7, after-1 */
  kind: string;
  mail_id: string;
  at: Instant;
}
