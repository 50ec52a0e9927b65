import type { Instant } from './columns.ts';

/** An address that the owner of an account has added to the one of the directory; confirmed by a code that was sent there. */
export interface RecoveryAddressesTable {
  id: string;
  account_id: string;
  address: string;
  address_key: string;
  added_at: Instant;
}

/** A change that an account's owner makes, from the moment at which it waits for something. */
export interface OwnChangesTable {
  id: string;
  account_id: string;
  /** email, phone, recovery-address, recovery-address-removed, authenticator, authenticator-removed or recovery-codes */
  kind: string;
  /** unproved: the code is out · held: waits for an approver · done · denied · lapsed · withdrawn */
  state: string;
  /** What it is about, masked, for those who decide. */
  shown: string | null;
  /** What it takes to make the change, as JSON, sealed; emptied when it is settled. */
  sealed: string | null;
  /** Keyed hash of the code that proves the new address or number; emptied when it is settled. */
  code_hash: string | null;
  tries_left: number | null;
  code_until: Instant | null;
  asked_at: Instant;
  /** When the code was right; null where none could be sent. */
  proved_at: Instant | null;
  held_at: Instant | null;
  held_until: Instant | null;
  /** The reset because of which it is held. */
  reset_id: string | null;
  settled_at: Instant | null;
  /** The approver's id. */
  decided_by: string | null;
  reason: string | null;
  client: string | null;
  client_address: string | null;
}
