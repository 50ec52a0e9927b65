import type { Flag, Instant } from './columns.ts';

export interface ResetsTable {
  id: string;
  case_id: string;
  account_id: string;
  operator_id: string;
  grant_id: string;
  action: string;
  /** The account's tier at the time; null for resets before it was recorded. */
  tier: string | null;
  idempotency_key: string;
  state: string;
  intended_at: Instant;
  settled_at: Instant | null;
  failure: string | null;
  valid_until: Instant | null;
  sessions_ended: number;
  unlocked: Flag;
  sent_to: string | null;
  /** mail or text: how a sealed or split temporary password was sent. */
  sent_by: string | null;
  mail_id: string | null;
  /** Bits of randomness of a temporary password. */
  secret_bits: number | null;
  /** groups or words; access-pass for a one-time pass of a directory, which is no password */
  secret_style: string | null;
  /** spoken, sealed or split */
  delivery_mode: string;
  /** dies-now or works-until-used: what happens to the former password. A pass leaves it unchanged. */
  old_password: string;
  /** When the operator first showed, copied or spelled out the secret. */
  revealed_at: Instant | null;
  handed_over_at: Instant | null;
  /** When the user signed in with it, or fetched or used the link. */
  opened_at: Instant | null;
  used_at: Instant | null;
  password_set_at: Instant | null;
  voided_at: Instant | null;
  /** How often the link was resent, and when last. */
  resent: number;
  resent_at: Instant | null;
  /** When an operator revoked it unused. */
  revoked_at: Instant | null;
  /** The server of an external directory that was read right before the write; null if none was. */
  directory_server: string | null;
  /** When the former password was set, by the directory's clock. */
  directory_set_at: Instant | null;
}

export interface ResetLinksTable {
  id: string;
  account_id: string;
  reset_id: string;
  token_hash: string;
  created_at: Instant;
  expires_at: Instant;
  opened_at: Instant | null;
  used_at: Instant | null;
  voided_at: Instant | null;
}
