import type { Instant } from './columns.ts';

/** One use of *Forgot Password?*; written alike for every address, and answered by mail later. */
export interface PasswordRequestsTable {
  id: string;
  address_hash: string;
  /** Sealed; emptied when it is answered. */
  address: string | null;
  /** The address of the computer, or the part of it that one customer has. */
  network: string;
  client_address: string | null;
  client: string | null;
  at: Instant;
  answered_at: Instant | null;
}

/** A link that a user has asked for without the help desk. */
export interface SelfServiceLinksTable {
  id: string;
  account_id: string;
  token_hash: string;
  mail_id: string | null;
  created_at: Instant;
  expires_at: Instant;
  opened_at: Instant | null;
  used_at: Instant | null;
  voided_at: Instant | null;
}

/** When the owner was last told by mail why the account does not let them in. */
export interface OwnerNoticesTable {
  account_id: string;
  why: string;
  told_at: Instant;
}
