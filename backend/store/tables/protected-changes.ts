import type { Instant } from './columns.ts';

/** A change of settings or operators that waits or waited for a second administrator. */
export interface ProtectedChangesTable {
  id: string;
  /** The endpoint that was called. */
  act: string;
  /** The subject, such as the operator's name. */
  subject: string | null;
  /** JSON: the fields that change, with their values before and after; never a secret. */
  fields: string;
  /** JSON: ids of the operators whose rights it raises. */
  raises: string;
  /** Sealed parameters and body of the call; null once it is settled. */
  sealed: string | null;
  /** A keyed hash of the call, to recognise the same proposal. */
  call_hash: string;
  state: string;
  proposed_by: string;
  session_id: string;
  proposed_at: Instant;
  expires_at: Instant;
  client: string | null;
  client_address: string | null;
  decided_by: string | null;
  settled_at: Instant | null;
  reason: string | null;
  /** The code with which an approved change was refused. */
  failure: string | null;
}
