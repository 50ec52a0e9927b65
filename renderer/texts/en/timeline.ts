import type { AuditAction } from '../../../shared/api/timeline.ts';

/** Words for everything that the audit log can hold about an account; `_` stands for the dot of the action's name. */
type ActionKey<A extends string> = A extends `${infer G}.${infer N}` ? `${G}_${N}` : never;

const actions = {
  'setup_administrator-created': 'First administrator created', 'operator_signed-in': 'Operator signed in', 'operator_sign-in-failed': 'Operator sign-in failed', operator_locked: 'Operator locked', 'operator_signed-out': 'Operator signed out',
  'operator_session-refreshed': 'Session renewed', 'operator_session-expired': 'Session expired', operator_reauthenticated: 'Operator proved again', 'operator_reauthentication-failed': 'Operator’s proof failed',
  'accounts_import-started': 'Import started', 'accounts_import-finished': 'Import finished', 'accounts_import-cancelled': 'Import cancelled', 'accounts_import-failed': 'Import failed',
  account_created: 'Account created', account_changed: 'Account changed', 'account_contact-changed': 'Contact data changed', 'account_contact-unmasked': 'Contact data shown', account_locked: 'Locked after wrong passwords', 'account_signed-in': 'Signed in', 'account_sign-in-failed': 'Wrong password', 'account_signed-out': 'Signed out',
  'account_password-changed': 'Password changed', 'account_password-change-refused': 'New password not accepted',
  case_opened: 'Case opened', case_changed: 'Ticket or reason changed', case_closed: 'Case closed', case_refused: 'Case refused', case_expired: 'Case expired',
  check_started: 'Check started', check_passed: 'Check passed', check_failed: 'Check failed', 'check_wrong-code': 'Wrong code', check_expired: 'Check expired', check_locked: 'Check locked after wrong codes',
  grant_minted: 'Reset permitted', grant_refused: 'Reset not permitted', reset_refused: 'Reset refused', reset_intended: 'Reset begun', reset_done: 'Password reset', reset_failed: 'Reset failed', 'reset_settled-after-crash': 'Reset’s outcome found after a crash',
  'reset_secret-shown': 'Temporary password shown', 'reset_secret-copied': 'Temporary password copied', 'reset_secret-spelled': 'Temporary password spelled', 'reset_handed-over': 'Handed over',
  'reset-link_issued': 'Reset link issued', 'reset-link_opened': 'Reset link opened', 'reset-link_used': 'Password set with the link', 'reset-link_voided': 'Reset link voided', 'reset-link_refused': 'Reset link refused',
  mail_accepted: 'Mail accepted by the mail server', 'mail_kept-in-outbox': 'Mail kept in the outbox', mail_failed: 'Mail could not be sent', 'mail_settings-changed': 'Mail settings changed', outbox_read: 'Kept mail read', policy_changed: 'Policy changed',
} as const satisfies Record<ActionKey<AuditAction>, string>;

export const timelineTexts = {
  title: 'Timeline', today: 'Today', yesterday: 'Yesterday', empty: 'Nothing has happened to this account yet.', more: 'Older entries exist.', you: 'You', system: 'Reset Desk', user: 'The user', case: 'Case {{number}}', actions,
  outcome: { refused: 'refused', failed: 'failed' },
} as const;
