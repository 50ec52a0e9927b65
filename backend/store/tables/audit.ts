import type { AuditAction } from '../../../shared/api/timeline.ts';
import type { Instant } from './columns.ts';

export interface AuditEventsTable {
  seq: number;
  at: Instant;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string | null;
  account_id: string | null;
  case_id: string | null;
  action: AuditAction;
  outcome: string;
  /** JSON object of plain values, with sorted keys. */
  facts: string;
  policy_version: number | null;
  client_address: string | null;
  client: string | null;
  previous_hash: string;
  hash: string;
}

/** A signature over the chain up to one event, with the data folder's key. */
export interface AuditCheckpointsTable {
  seq: number;
  hash: string;
  at: Instant;
  key_id: string;
  /** Ed25519, base64url. */
  signature: string;
}

/** The progress of an audit stream. */
export interface AuditStreamsTable {
  target: string;
  /** The last event that the receiver accepted. */
  sent_seq: number;
  sent_at: Instant | null;
  failing_since: Instant | null;
  last_error: string | null;
}
