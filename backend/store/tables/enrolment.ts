import type { Instant } from './columns.ts';

/** A user's authenticator; unconfirmed until its first correct code. */
export interface AccountAuthenticatorsTable {
  id: string;
  account_id: string;
  /** Sealed, bound to the id. */
  secret: string;
  created_at: Instant;
  confirmed_at: Instant | null;
  /** The last time step whose code was accepted; it and earlier ones are rejected. */
  last_step: number | null;
}

export interface AccountRecoveryCodesTable {
  id: string;
  account_id: string;
  /** The set of ten codes that were created together. */
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

/** A text message; its content is not stored. */
export interface TextMessagesTable {
  id: string;
  kind: string;
  to_number: string;
  account_id: string | null;
  case_id: string | null;
  state: string;
  queued_at: Instant;
  settled_at: Instant | null;
  /** The gateway's answer, or the error. */
  answer: string | null;
  /** The file name in the outbox. */
  file: string | null;
}
