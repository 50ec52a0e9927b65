import type { Instant } from './columns.ts';

/** A request for an approver's decision on one action. */
export interface ApprovalsTable {
  id: string;
  case_id: string;
  account_id: string;
  /** The operator who asks, and the session. */
  operator_id: string;
  session_id: string;
  action: string;
  /** JSON array of the reasons that the approval covers. */
  needed: string;
  note: string | null;
  policy_version: number;
  state: string;
  asked_at: Instant;
  /** The end of the time to decide or, once approved, to use it. */
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
  /** Duration in seconds, once raised. */
  valid_for: number;
  proposed_by: string;
  proposed_at: Instant;
  seconded_by: string | null;
  raised_at: Instant | null;
  expires_at: Instant;
  ended_at: Instant | null;
  ended_by: string | null;
}
