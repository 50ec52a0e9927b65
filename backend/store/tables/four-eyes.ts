import type { Instant } from './columns.ts';

/** A request for a second pair of eyes on one reset. */
export interface ApprovalsTable {
  id: string;
  case_id: string;
  account_id: string;
  /** Who asks, in which console session. */
  operator_id: string;
  session_id: string;
  action: string;
  /** JSON array of reasons that it covers. */
  needed: string;
  note: string | null;
  policy_version: number;
  state: string;
  asked_at: Instant;
  /** Until when it can be answered or, when approved, used. */
  expires_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
  reason: string | null;
}

export interface AccountFlagsTable {
  id: string;
  account_id: string;
  case_id: string | null;
  operator_id: string;
  at: Instant;
  note: string | null;
  cleared_at: Instant | null;
  cleared_by: string | null;
  clear_reason: string | null;
}

export interface AlertsTable {
  id: string;
  scope: string;
  reason: string;
  /** Seconds that it lasts once raised. */
  valid_for: number;
  proposed_by: string;
  proposed_at: Instant;
  seconded_by: string | null;
  raised_at: Instant | null;
  expires_at: Instant;
  ended_at: Instant | null;
  ended_by: string | null;
}
