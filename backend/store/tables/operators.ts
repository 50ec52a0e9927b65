import type { Instant } from './columns.ts';

export interface OperatorsTable {
  id: string;
  user_name: string;
  /** Folded for comparison; unique. A removed operator's key is free again. */
  user_name_key: string;
  display_name: string;
  /** Empty until the operator chooses a password; no password matches it. */
  password_hash: string;
  /** JSON array of roles. */
  roles: string;
  created_at: Instant;
  last_sign_in_at: Instant | null;
  /** `invited`, `active`, `disabled` or `removed`. */
  state: string;
  /** JSON: the accounts that the operator may access. */
  scope: string;
  email: string | null;
  /** The operator's own account, if neither user name nor email address identifies it. */
  linked_account_id: string | null;
  /** Sealed. */
  totp_secret: string | null;
  totp_since: Instant | null;
  /** The last 30-second step whose code was accepted; it and earlier ones are replays. */
  totp_last_step: number | null;
  /** The operator's identity at the identity provider. */
  provider_issuer: string | null;
  provider_subject: string | null;
  /** The directory with whose password the operator signs in, and the account's key there; null for a password of this backend. */
  directory_id: string | null;
  directory_key: string | null;
}

/** Wrong passwords of operators that were tried at a directory, which counts them as well, since the last pause. */
export interface DirectoryTriesTable {
  /** `account` and the directory's key, or `name` and a name that no account has. */
  subject: string;
  /** Tries from consoles with which the operator has never signed in. */
  strangers: number;
  known: number;
  last_at: Instant;
}

/** Links by which an operator chooses a password: an invitation or a reset. */
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
  /** When the address was first fetched, by whichever client. */
  fetched_at: Instant | null;
}

export interface OperatorRecoveryCodesTable {
  id: string;
  operator_id: string;
  code_hash: string;
  created_at: Instant;
  used_at: Instant | null;
}

/** Unfinished sign-ins and enrolments, found by the hash of their ticket. */
export interface OperatorSignInsTable {
  id: string;
  ticket_hash: string;
  /** Null until the identity provider has identified the operator. */
  operator_id: string | null;
  /** `code`, `enrol` or `provider`. */
  step: string;
  /** The first factor: `password` or `provider`. */
  factor: string;
  /** Sealed data for the next step: the secret that is being enrolled, or nonce and state. */
  sealed: string | null;
  created_at: Instant;
  expires_at: Instant;
  settled_at: Instant | null;
  /** A keyed hash of the password and second factor with which it was issued; null for a sign-in with the provider. */
  rests_on: string | null;
  /** The session at the identity provider, if the provider named it. */
  provider_sid: string | null;
}

export interface OperatorSessionsTable {
  id: string;
  operator_id: string;
  access_hash: string;
  access_expires_at: Instant;
  refresh_hash: string;
  /** The refresh token before; it is answered again for a minute, in case the answer was lost. */
  previous_refresh_hash: string | null;
  /** When the refresh token before was exchanged. */
  refreshed_at: Instant | null;
  created_at: Instant;
  last_activity_at: Instant;
  authenticated_at: Instant;
  /** When the console was locked; null again after re-authentication. */
  locked_at: Instant | null;
  expires_at: Instant;
  ended_at: Instant | null;
  client: string | null;
  client_address: string | null;
  /** Wrong passwords and codes since the last proof; too many end the session. */
  failed_proofs: number;
  /** The session at the identity provider with which the operator signed in or reauthenticated, if the provider named it. */
  provider_sid: string | null;
}

/** Wrong passwords and codes for a name, from one device or network, including names that no operator has. */
export interface OperatorSignInFailuresTable {
  name_key: string;
  /** `device` and a hash, `network` and its address, or `all networks`. */
  source: string;
  passwords: number;
  codes: number;
  locked_until: Instant | null;
  last_at: Instant;
}

/** Consoles with which an operator has signed in: a keyed hash of the operator's name and the console's own random id. */
export interface OperatorDevicesTable {
  device_hash: string;
  last_sign_in_at: Instant;
}

/** Every exchanged refresh token. If one is used again, a copy of it exists. */
export interface OperatorRefreshTokensTable {
  token_hash: string;
  session_id: string;
}
