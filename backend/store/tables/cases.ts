import type { Generated } from 'kysely';
import type { Instant } from './columns.ts';

export interface CasesTable {
  number: Generated<number>;
  id: string;
  account_id: string;
  operator_id: string;
  session_id: string;
  ticket: string | null;
  reason: string | null;
  state: string;
  opened_at: Instant;
  last_activity_at: Instant;
  ended_at: Instant | null;
  refusal_reason: string | null;
  refusal_note: string | null;
}

export interface ChecksTable {
  id: string;
  case_id: string;
  account_id: string;
  operator_id: string;
  session_id: string;
  kind: string;
  state: string;
  /** Keyed hash, emptied when the check settles. */
  code_hash: string | null;
  destination: string | null;
  /** The address or number at the time, keyed hash: a changed one voids the check. */
  destination_hash: string | null;
  mail_id: string | null;
  tries_left: number | null;
  started_at: Instant;
  expires_at: Instant;
  settled_at: Instant | null;
}

/** The recorded outcome of one check; written once. */
export interface EvidenceTable {
  id: string;
  check_id: string;
  case_id: string;
  account_id: string;
  operator_id: string;
  session_id: string;
  kind: string;
  /** passed, failed or expired */
  outcome: string;
  note: string | null;
  at: Instant;
}

export interface GrantsTable {
  id: string;
  case_id: string;
  account_id: string;
  operator_id: string;
  session_id: string;
  action: string;
  policy_version: number;
  minted_at: Instant;
  expires_at: Instant;
  spent_at: Instant | null;
  /** The approval that it rests on, where four eyes were needed. */
  approval_id: string | null;
}
