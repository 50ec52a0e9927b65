import type {
  AccountSourcesTable,
  FeedRunsTable,
  ScimUserEmailsTable,
  ScimUsersTable,
  SourceChangesTable,
  SourceFeedsTable,
  SourceTokensTable,
} from './tables/account-sources.ts';
import type {
  AccountCredentialsTable,
  AccountLinksTable,
  AccountSourceIdsTable,
  AccountsTable,
  CommonWordsTable,
  NameWordsTable,
  PasswordHistoryTable,
  UserSessionsTable,
  WordBitmapsTable,
} from './tables/accounts.ts';
import type { AuditCheckpointsTable, AuditEventsTable, AuditStreamsTable } from './tables/audit.ts';
import type { CasesTable, ChecksTable, EvidenceTable, GrantsTable } from './tables/cases.ts';
import type {
  DirectoriesTable,
  DirectoryAccountsTable,
  DirectoryChangesTable,
  DirectoryHeldChangesTable,
  DirectoryRefusedEntriesTable,
  DirectoryTasksTable,
} from './tables/directories.ts';
import type { DrillsTable } from './tables/drills.ts';
import type {
  AccountAuthenticatorsTable,
  AccountRecoveryCodesTable,
  AccountSecurityQuestionsTable,
  TextMessagesTable,
} from './tables/enrolment.ts';
import type { AccountFlagsTable, AlertsTable, ApprovalsTable } from './tables/four-eyes.ts';
import type {
  HeldRowsTable,
  ImportMappingsTable,
  ImportRefusalsTable,
  ImportRowsTable,
  ImportWarningsTable,
  ImportsTable,
  KnownChangesTable,
} from './tables/imports.ts';
import type {
  AccountFreezesTable,
  MailQueueTable,
  MailTemplatesTable,
  MailsTable,
  NotMeLinksTable,
  ReportLinksTable,
} from './tables/mail.ts';
import type {
  DirectoryTriesTable,
  OperatorLinksTable,
  OperatorDevicesTable,
  OperatorRecoveryCodesTable,
  OperatorRefreshTokensTable,
  OperatorSessionsTable,
  OperatorSignInFailuresTable,
  OperatorSignInsTable,
  OperatorsTable,
} from './tables/operators.ts';
import type { OwnChangesTable, RecoveryAddressesTable } from './tables/own-changes.ts';
import type { ProtectedChangesTable } from './tables/protected-changes.ts';
import type {
  RequiredResetAccountsTable,
  RequiredResetMailsTable,
  RequiredResetsTable,
} from './tables/required-resets.ts';
import type { ResetLinksTable, ResetsTable } from './tables/resets.ts';
import type {
  OwnerNoticesTable,
  PasswordRequestsTable,
  SelfServiceLinksTable,
} from './tables/self-service.ts';
import type { PoliciesTable, SettingsTable } from './tables/settings.ts';

export type { AccountSourcesTable, ScimUsersTable, SourceTokensTable } from './tables/account-sources.ts';
export type { AccountsTable } from './tables/accounts.ts';
export type { AuditCheckpointsTable, AuditEventsTable, AuditStreamsTable } from './tables/audit.ts';
export type { CasesTable, ChecksTable, EvidenceTable, GrantsTable } from './tables/cases.ts';
export type { AlertsTable, ApprovalsTable } from './tables/four-eyes.ts';
export type {
  DirectoriesTable,
  DirectoryHeldChangesTable,
  DirectoryRefusedEntriesTable,
  DirectoryTasksTable,
} from './tables/directories.ts';
export type { ImportsTable } from './tables/imports.ts';
export type { MailsTable } from './tables/mail.ts';
export type { OperatorSessionsTable, OperatorsTable } from './tables/operators.ts';
export type { ProtectedChangesTable } from './tables/protected-changes.ts';
export type { ResetsTable } from './tables/resets.ts';

/** All tables; each is described under its topic in `tables/`. */
export interface Tables {
  name_words: NameWordsTable;
  common_words: CommonWordsTable;
  word_bitmaps: WordBitmapsTable;
  settings: SettingsTable;
  policies: PoliciesTable;
  operators: OperatorsTable;
  operator_sessions: OperatorSessionsTable;
  operator_refresh_tokens: OperatorRefreshTokensTable;
  operator_sign_in_failures: OperatorSignInFailuresTable;
  directory_tries: DirectoryTriesTable;
  operator_devices: OperatorDevicesTable;
  operator_links: OperatorLinksTable;
  operator_recovery_codes: OperatorRecoveryCodesTable;
  operator_sign_ins: OperatorSignInsTable;
  accounts: AccountsTable;
  account_links: AccountLinksTable;
  account_source_ids: AccountSourceIdsTable;
  account_credentials: AccountCredentialsTable;
  password_history: PasswordHistoryTable;
  user_sessions: UserSessionsTable;
  account_sources: AccountSourcesTable;
  source_tokens: SourceTokensTable;
  source_changes: SourceChangesTable;
  source_feeds: SourceFeedsTable;
  feed_runs: FeedRunsTable;
  scim_users: ScimUsersTable;
  scim_user_emails: ScimUserEmailsTable;
  directories: DirectoriesTable;
  directory_held_changes: DirectoryHeldChangesTable;
  directory_refused_entries: DirectoryRefusedEntriesTable;
  directory_changes: DirectoryChangesTable;
  directory_accounts: DirectoryAccountsTable;
  directory_tasks: DirectoryTasksTable;
  imports: ImportsTable;
  import_mappings: ImportMappingsTable;
  import_refusals: ImportRefusalsTable;
  import_rows: ImportRowsTable;
  import_warnings: ImportWarningsTable;
  held_rows: HeldRowsTable;
  known_changes: KnownChangesTable;
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
  report_links: ReportLinksTable;
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
  protected_changes: ProtectedChangesTable;
}
