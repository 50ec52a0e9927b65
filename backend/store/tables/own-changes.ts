import type { Instant } from './columns.ts';

/** An additional address of an account's owner, confirmed by a code that was sent to it. */
export interface RecoveryAddressesTable {
  id: string;
  account_id: string;
  address: string;
  address_key: string;
  added_at: Instant;
}

/** An account owner's change that waits or waited for a code or an approver. */
export interface OwnChangesTable {
  id: string;
  account_id: string;
  /** email, phone, recovery-address, recovery-address-removed, authenticator, authenticator-removed or recovery-codes */
  kind: string;
  /** unproved: the code was sent · held: waits for an approver · done · denied · lapsed · withdrawn */
  state: string;
  /** The new value, masked, for the approver. */
  shown: string | null;
  /** The change as sealed JSON; null once it is settled. */
  sealed: string | null;
  /** Keyed hash of the code that confirms the new address or number; null once it is settled. */
  code_hash: string | null;
  tries_left: number | null;
  code_until: Instant | null;
  asked_at: Instant;
  /** When the correct code was entered; null if none could be sent. */
  proved_at: Instant | null;
  held_at: Instant | null;
  held_until: Instant | null;
  /** The recent reset because of which the change is held. */
  reset_id: string | null;
  settled_at: Instant | null;
  /** The approver's id. */
  decided_by: string | null;
  reason: string | null;
  client: string | null;
  client_address: string | null;
}
