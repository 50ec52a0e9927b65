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
  /** JSON of plain values, keys sorted. */
  facts: string;
  policy_version: number | null;
  client_address: string | null;
  client: string | null;
  previous_hash: string;
  hash: string;
}

/** The chain up to one event, signed with the key of the data folder. */
export interface AuditCheckpointsTable {
  seq: number;
  hash: string;
  at: Instant;
  key_id: string;
  /** Ed25519, base64url. */
  signature: string;
}

/** How far a stream of the audit log has got; kept over a restart. */
export interface AuditStreamsTable {
  target: string;
  /** The last event that the receiver has taken. */
  sent_seq: number;
  sent_at: Instant | null;
  failing_since: Instant | null;
  last_error: string | null;
}
