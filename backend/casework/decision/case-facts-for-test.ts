import { everyAccount } from '../../../shared/api/operator.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ResetsTable } from '../../store/tables.ts';
import { unusedReset } from '../../store/tables/unused-reset.ts';
import type { ApprovalRecord, Approver } from './approval-validity.ts';
import type { CaseFacts, CaseRecord } from './case-context.ts';

export const at = Date.parse('2026-03-01T09:00:00Z');
export const minute = 60_000;

export const account: AccountRow = {
  row_id: 1,
  id: 'account',
  directory: 'built-in',
  directory_id: null,
  user_name: 'marlene',
  user_name_key: 'marlene',
  display_name: 'Marlene Example',
  email: 'marlene@example.com',
  email_key: 'marlene@example.com',
  phone: null,
  phone_digits: null,
  phone_reversed: null,
  employee_number: null,
  employee_number_key: null,
  department: null,
  manager: null,
  tier: 'standard',
  disabled: 0,
  local_password: 1,
  locked_since: null,
  failed_sign_ins: 0,
  expires_at: null,
  starts_at: null,
  email_changed_at: null,
  phone_changed_at: null,
  frozen_at: null,
  manager_changed_at: null,
  tier_changed_at: null,
  tier_before: null,
  user_name_changed_at: null,
  enabled_at: null,
  source: 'file',
  source_id: null,
  source_id_key: null,
  manager_id: null,
  manager_noted: null,
  closed_at: null,
  hand_disabled_at: null,
  disabled_by: null,
  disabled_reason: null,
  created_at: 0,
  updated_at: 0,
  seen_in_import: null,
};

export const opened: CaseRecord = {
  number: 1,
  id: 'case',
  account_id: 'account',
  operator_id: 'olga',
  session_id: 'session',
  ticket: null,
  reason: null,
  state: 'open',
  opened_at: at - 10 * minute,
  last_activity_at: at - minute,
  ended_at: null,
  refusal_reason: null,
  refusal_note: null,
  evidence_from: null,
};

export const session: CaseFacts['session'] = {
  id: 'session',
  operator: {
    id: 'olga',
    userName: 'olga',
    displayName: 'Olga Operator',
    roles: ['operator'],
    scope: everyAccount,
  },
  rights: new Set(['cases.work', 'cases.see-all']),
  authenticatedAt: at - minute,
  expiresAt: Infinity,
};

export const petra: Approver = {
  roles: ['approver'],
  disabled: false,
  person: new Set(['operator petra']),
  scope: everyAccount,
};

const check = {
  id: 'check',
  case_id: 'case',
  account_id: 'account',
  operator_id: 'olga',
  session_id: 'session',
  kind: 'emailed-code',
  state: 'passed',
  code_hash: null,
  destination: null,
  destination_hash: 'hash',
  mail_id: null,
  asked_account_id: null,
  tries_left: 3,
  started_at: at - 5 * minute,
  expires_at: at,
  settled_at: at - 4 * minute,
} as const;

export const approval: ApprovalRecord = {
  id: 'approval',
  case_id: 'case',
  account_id: 'account',
  operator_id: 'olga',
  session_id: 'session',
  action: 'temporary-password',
  needed: '["tier"]',
  note: null,
  policy_version: 1,
  state: 'pending',
  asked_at: at - 3 * minute,
  expires_at: at + 5 * minute,
  decided_by: null,
  decided_at: null,
  reason: null,
};

export const reset: ResetsTable = {
  id: 'reset',
  case_id: 'case',
  account_id: 'account',
  operator_id: 'olga',
  grant_id: 'grant',
  action: 'reset-link',
  tier: 'standard',
  idempotency_key: 'key',
  state: 'done',
  intended_at: at - 2 * minute,
  settled_at: at - 2 * minute,
  failure: null,
  valid_until: at + 60 * minute,
  ...unusedReset,
};

/** An open, verified case of a standard account: every action may happen. */
export const verifiedCase: CaseFacts = {
  session,
  person: new Set(['operator olga', 'name olga']),
  opened,
  found: {
    account,
    passwordSetAt: null,
    mustChange: false,
    temporaryUntil: null,
    lockEndsAt: null,
    lockedAt: null,
  },
  capabilities: {
    temporaryPassword: true,
    resetLink: true,
    keepOldPassword: true,
    accessPass: false,
    signInMethods: true,
    isOff: false,
    unlock: true,
  },
  policy: { version: 1, document: defaultPolicy },
  checks: [check],
  evidence: [
    {
      id: 'evidence',
      check_id: 'check',
      case_id: 'case',
      account_id: 'account',
      operator_id: 'olga',
      session_id: 'session',
      kind: 'emailed-code',
      outcome: 'passed',
      note: null,
      at: at - 4 * minute,
    },
  ],
  resets: [],
  holdsSecret: () => false,
  memory: {
    failedChecks: [],
    unfinishedChecks: [],
    refusedCases: [],
    failures: 0,
    resetsBefore: 0,
    changed: [],
    flag: null,
    linked: null,
    lifted: null,
  },
  alertRaised: false,
  channels: { mail: null, text: null, 'mailed-link': null },
  approvals: [],
  approvers: new Map(),
  vouchers: [],
  offers: new Map([
    ['emailed-code', { obstacle: null, destination: null, person: null, digits: 6, boundTo: 'marlene' }],
  ]),
  boundChecks: new Set(['check']),
  otherCase: null,
  at,
};
