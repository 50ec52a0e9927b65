import type { Generated } from 'kysely';
import type { AuditAction } from '../../shared/api/timeline.ts';
import type {
  AccountAuthenticatorsTable,
  AccountRecoveryCodesTable,
  AccountSecurityQuestionsTable,
  TextMessagesTable,
} from './tables/enrolment.ts';
import type {
  AccountFreezesTable,
  MailQueueTable,
  MailTemplatesTable,
  NotMeLinksTable,
} from './tables/mail.ts';
import type { OwnChangesTable, RecoveryAddressesTable } from './tables/own-changes.ts';
import type { DrillsTable } from './tables/drills.ts';
import type {
  OwnerNoticesTable,
  PasswordRequestsTable,
  SelfServiceLinksTable,
} from './tables/self-service.ts';
import type {
  RequiredResetAccountsTable,
  RequiredResetMailsTable,
  RequiredResetsTable,
} from './tables/required-resets.ts';
import type {
  OperatorLinksTable,
  OperatorRecoveryCodesTable,
  OperatorSignInsTable,
  OperatorsTable,
} from './tables/operators.ts';

export type { OperatorsTable } from './tables/operators.ts';

/** Milliseconds since 1970, UTC. */
export type Instant = number;
/** 0 or 1: SQLite has no booleans, and one store speaks to both databases. */
export type Flag = 0 | 1;

export interface SettingsTable {
  name: string;
  /** JSON; sealed values are encrypted with the key of the data folder. */
  value: string;
  sealed: Flag;
  changed_at: Instant;
}

export interface PoliciesTable {
  version: number;
  document: string;
  changed_at: Instant;
  changed_by: string | null;
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
  expires_at: Instant;
  ended_at: Instant | null;
  client: string | null;
  client_address: string | null;
}

export interface AccountsTable {
  /** Also the row of `account_search`. */
  row_id: Generated<number>;
  id: string;
  directory: string;
  user_name: string;
  user_name_key: string;
  display_name: string;
  email: string | null;
  email_key: string | null;
  phone: string | null;
  /** Digits alone, as written and reversed: callers say the end of a number. */
  phone_digits: string | null;
  phone_reversed: string | null;
  employee_number: string | null;
  employee_number_key: string | null;
  department: string | null;
  manager: string | null;
  tier: string;
  disabled: Flag;
  local_password: Flag;
  locked_since: Instant | null;
  failed_sign_ins: number;
  expires_at: Instant | null;
  email_changed_at: Instant | null;
  phone_changed_at: Instant | null;
  /** Since when its owner, or the desk, has stopped everything; null when nobody has. */
  frozen_at: Generated<Instant | null>;
  created_at: Instant;
  updated_at: Instant;
  /** The import that saw the row last, to find a user name twice in one file. */
  seen_in_import: string | null;
}

/** What the built-in directory keeps about passwords. */
export interface AccountCredentialsTable {
  account_id: string;
  password_hash: string | null;
  set_at: Instant;
  must_change: Flag;
  /** Set for a temporary password. */
  temporary_until: Instant | null;
  /** The reset that set it. */
  reset_id: string | null;
  /** The password before a temporary one, while both are good. */
  old_hash: string | null;
  old_set_at: Instant | null;
  /** A reset came before: at the next sign-in its owner looks through what else could be used to get in. */
  review_due: Generated<Flag>;
}

export interface PasswordHistoryTable {
  id: Generated<number>;
  account_id: string;
  password_hash: string;
  set_at: Instant;
}

export interface UserSessionsTable {
  id: string;
  token_hash: string;
  account_id: string;
  created_at: Instant;
  expires_at: Instant;
  /** Nothing but the change of the password is open to it. */
  must_change: Flag;
  /** Nothing but the second factor is open to it. */
  needs_code: Generated<Flag>;
  client: Generated<string | null>;
  client_address: Generated<string | null>;
  last_used_at: Generated<Instant | null>;
}

export interface ImportsTable {
  id: string;
  operator_id: string;
  file_name: string;
  mapping: string;
  state: string;
  bytes_total: number | null;
  bytes_read: number;
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  started_at: Instant;
  ended_at: Instant | null;
  failure: string | null;
}

export interface ImportRefusalsTable {
  import_id: string;
  line: number;
  reason: string;
  detail: string;
}

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

export interface ResetsTable {
  id: string;
  case_id: string;
  account_id: string;
  operator_id: string;
  grant_id: string;
  action: string;
  /** The account's tier at the reset; null for resets from before it was kept. */
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
  /** mail or text: what carried a sealed or split temporary password. */
  sent_by: string | null;
  mail_id: string | null;
  /** Bits of randomness of a temporary password. */
  secret_bits: number | null;
  /** groups or words */
  secret_style: string | null;
  /** spoken, sealed or split */
  delivery_mode: string;
  /** dies-now or works-until-used: what becomes of the password before. */
  old_password: string;
  /** When the secret was first shown, copied or spelled. */
  revealed_at: Instant | null;
  handed_over_at: Instant | null;
  /** When the user signed in with it, or opened or used the link. */
  opened_at: Instant | null;
  used_at: Instant | null;
  password_set_at: Instant | null;
  voided_at: Instant | null;
  /** How often the link was sent anew, and when last. */
  resent: number;
  resent_at: Instant | null;
  /** When an operator took it back unused. */
  revoked_at: Instant | null;
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

/** One mail and what became of it; its text is never stored here. */
export interface MailsTable {
  id: string;
  kind: string;
  to_address: string;
  subject: string;
  account_id: string | null;
  case_id: string | null;
  state: string;
  queued_at: Instant;
  settled_at: Instant | null;
  /** The mail server's answer, or what went wrong. */
  answer: string | null;
  /** Name of the file in the outbox. */
  file: string | null;
  attempts: number;
  /** Null when nothing more will be tried. */
  next_attempt_at: Instant | null;
}

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

export interface Tables {
  settings: SettingsTable;
  policies: PoliciesTable;
  operators: OperatorsTable;
  operator_sessions: OperatorSessionsTable;
  operator_links: OperatorLinksTable;
  operator_recovery_codes: OperatorRecoveryCodesTable;
  operator_sign_ins: OperatorSignInsTable;
  accounts: AccountsTable;
  account_credentials: AccountCredentialsTable;
  password_history: PasswordHistoryTable;
  user_sessions: UserSessionsTable;
  imports: ImportsTable;
  import_refusals: ImportRefusalsTable;
  cases: CasesTable;
  checks: ChecksTable;
  evidence: EvidenceTable;
  grants: GrantsTable;
  approvals: ApprovalsTable;
  account_flags: AccountFlagsTable;
  alerts: AlertsTable;
  resets: ResetsTable;
  reset_links: ResetLinksTable;
  mails: MailsTable;
  mail_queue: MailQueueTable;
  mail_templates: MailTemplatesTable;
  not_me_links: NotMeLinksTable;
  account_freezes: AccountFreezesTable;
  audit_events: AuditEventsTable;
  account_authenticators: AccountAuthenticatorsTable;
  account_recovery_codes: AccountRecoveryCodesTable;
  account_security_questions: AccountSecurityQuestionsTable;
  text_messages: TextMessagesTable;
  audit_checkpoints: AuditCheckpointsTable;
  audit_streams: AuditStreamsTable;
  password_requests: PasswordRequestsTable;
  self_service_links: SelfServiceLinksTable;
  owner_notices: OwnerNoticesTable;
  drills: DrillsTable;
  required_resets: RequiredResetsTable;
  required_reset_accounts: RequiredResetAccountsTable;
  required_reset_mails: RequiredResetMailsTable;
  recovery_addresses: RecoveryAddressesTable;
  own_changes: OwnChangesTable;
}
