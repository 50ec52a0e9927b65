import type { Instant } from './columns.ts';

export interface OperatorsTable {
  id: string;
  user_name: string;
  /** Folded for comparison; unique. A removed operator gives it back. */
  user_name_key: string;
  display_name: string;
  /** Empty while none was chosen: nothing matches it. */
  password_hash: string;
  /** JSON array of roles. */
  roles: string;
  /** Wrong passwords since the last sign-in. */
  failed_sign_ins: number;
  locked_until: Instant | null;
  created_at: Instant;
  last_sign_in_at: Instant | null;
  /** `invited`, `active`, `disabled` or `removed`. */
  state: string;
  /** JSON: which accounts the operator may touch. */
  scope: string;
  email: string | null;
  /** The operator's own account, where neither user name nor e-mail tells. */
  linked_account_id: string | null;
  /** Sealed. */
  totp_secret: string | null;
  totp_since: Instant | null;
  /** The last 30-second step whose code was taken: an older or the same one is a replay. */
  totp_last_step: number | null;
  /** Wrong second factors since the last sign-in. */
  failed_codes: number;
  /** Who the identity provider says they are. */
  provider_issuer: string | null;
  provider_subject: string | null;
}

/** Links that let an operator choose a password: an invitation, or a new password. */
export interface OperatorLinksTable {
  id: string;
  operator_id: string;
  purpose: string;
  token_hash: string;
  mail_id: string;
  created_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
  voided_at: Instant | null;
}

export interface OperatorRecoveryCodesTable {
  id: string;
  operator_id: string;
  code_hash: string;
  created_at: Instant;
  used_at: Instant | null;
}

/** Sign-ins and enrolments that are under way; found by the hash of a ticket. */
export interface OperatorSignInsTable {
  id: string;
  ticket_hash: string;
  /** Null while the identity provider has not said who it is. */
  operator_id: string | null;
  /** `code`, `enrol` or `provider`. */
  step: string;
  /** How the first step was proved: `password` or `provider`. */
  factor: string;
  /** What the next step is compared with, sealed: a secret that is being enrolled, or nonce and state. */
  sealed: string | null;
  created_at: Instant;
  expires_at: Instant;
  settled_at: Instant | null;
}

export interface OperatorSessionsTable {
  id: string;
  operator_id: string;
  access_hash: string;
  access_expires_at: Instant;
  refresh_hash: string;
  /** The refresh token before the last exchange: its use means that a copy is about. */
  previous_refresh_hash: string | null;
  created_at: Instant;
  last_activity_at: Instant;
  authenticated_at: Instant;
  /** When its console was locked; null from the next proof on. */
  locked_at: Instant | null;
  expires_at: Instant;
  ended_at: Instant | null;
  client: string | null;
  client_address: string | null;
}
