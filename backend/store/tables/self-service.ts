import type { Generated } from 'kysely';
import type { Instant } from './columns.ts';

/** A use of *Forgot password?*. Stored in the same way for every address and answered by mail later, so that timing reveals nothing. */
export interface PasswordRequestsTable {
  id: string;
  address_hash: string;
  /** Sealed; null once it is answered. */
  address: string | null;
  /** The client's network, as returned by `networkOf`. */
  network: string;
  client_address: string | null;
  client: string | null;
  at: Instant;
  answered_at: Instant | null;
  /** 1 if it named an account, 0 if not; null until it is answered. */
  on_file: Generated<number | null>;
}

/** A reset link that a user requested without the help desk. */
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

/** When the owner was last notified why they cannot sign in. */
export interface OwnerNoticesTable {
  account_id: string;
  why: string;
  told_at: Instant;
}
