import type { Instant } from './columns.ts';

/** An authenticator that a user set up; not confirmed until its first code was right. */
export interface AccountAuthenticatorsTable {
  id: string;
  account_id: string;
  /** Sealed, bound to the id. */
  secret: string;
  created_at: Instant;
  confirmed_at: Instant | null;
  /** The last time step whose code was taken: neither it nor one before is taken again. */
  last_step: number | null;
}

export interface AccountRecoveryCodesTable {
  id: string;
  account_id: string;
  /** The ten that were made together. */
  set_id: string;
  code_hash: string;
  created_at: Instant;
  used_at: Instant | null;
}

export interface AccountSecurityQuestionsTable {
  id: string;
  account_id: string;
  position: number;
  question: string;
  answer_hash: string;
  created_at: Instant;
}

/** One text on its way; what it says is never stored here. */
export interface TextMessagesTable {
  id: string;
  kind: string;
  to_number: string;
  account_id: string | null;
  case_id: string | null;
  state: string;
  queued_at: Instant;
  settled_at: Instant | null;
  /** The gateway's answer, or what went wrong. */
  answer: string | null;
  /** Name of the file in the outbox. */
  file: string | null;
}
