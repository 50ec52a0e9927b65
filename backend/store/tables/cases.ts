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
  /** The case about another account of the same person whose evidence may count here. */
  evidence_from: Generated<string | null>;
}

export interface ChecksTable {
  id: string;
  case_id: string;
  account_id: string;
  operator_id: string;
  session_id: string;
  kind: string;
  state: string;
  /** Keyed hash; null once the check is settled. */
  code_hash: string | null;
  destination: string | null;
  /** Keyed hash of the address or number that was used. The check becomes void once that changes. */
  destination_hash: string | null;
  mail_id: string | null;
  /** The account of the manager who is asked; null for other kinds. */
  asked_account_id: string | null;
  tries_left: number | null;
  started_at: Instant;
  expires_at: Instant;
  settled_at: Instant | null;
}

/** The outcome of a check; append-only. */
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
  /** The approval that the grant is based on, if one was required. */
  approval_id: string | null;
}
