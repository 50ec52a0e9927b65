import type { Flag, Instant } from './columns.ts';

/** A new password that an administrator requires of many accounts. */
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
  /** No mail reaches it: the desk has to tell its owner. */
  by_desk: Flag;
  /**
   * How far its owner has been told: 0 for not yet, then the instant of the first mail, then the moment for which a reminder was due. Whatever is due
   * later than this is still to be sent.
   */
  told_for: Instant;
  told_at: Instant | null;
  done_at: Instant | null;
}

/** Each mail of a required reset: one row, and so one mail, for each account and kind. */
export interface RequiredResetMailsTable {
  required_reset_id: string;
  account_id: string;
  /** told, or the reminder: before-7, after-1 */
  kind: string;
  mail_id: string;
  at: Instant;
}
