import { resetActions, type ResetAction } from '../../../shared/api/case.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import { defaultPolicy, type PolicyDocument } from '../../../shared/api/policy.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { Obstacle } from './action-obstacle.ts';
import type { ApprovalRecord, Approver } from './approval-validity.ts';
import type { CaseFacts, CaseRecord } from './case-context.ts';

export const at = Date.parse('2026-03-01T09:00:00Z');
const minute = 60_000;

const account: AccountRow = {
  row_id: 1,
  id: 'account',
  directory: 'built-in',
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
  email_changed_at: null,
  phone_changed_at: null,
  frozen_at: null,
  manager_changed_at: null,
  tier_changed_at: null,
  tier_before: null,
  user_name_changed_at: null,
  enabled_at: null,
  created_at: 0,
  updated_at: 0,
  seen_in_import: null,
};

const opened: CaseRecord = {
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
};

const session: CaseFacts['session'] = {
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

const petra: Approver = { roles: ['approver'], disabled: false, person: new Set(['operator petra']) };

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

const approval: ApprovalRecord = {
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

const reset: ResetsTable = {
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
  sessions_ended: 0,
  unlocked: 0,
  sent_to: null,
  sent_by: null,
  mail_id: null,
  secret_bits: null,
  secret_style: null,
  delivery_mode: 'spoken',
  old_password: 'dies-now',
  revealed_at: null,
  handed_over_at: null,
  opened_at: null,
  used_at: null,
  password_set_at: null,
  voided_at: null,
  resent: 0,
  resent_at: null,
  revoked_at: null,
};

/** An open, verified case of a standard account: every action may happen. */
export const verifiedCase: CaseFacts = {
  session,
  person: new Set(['operator olga', 'name olga']),
  opened,
  found: { account, passwordSetAt: null, mustChange: false, temporaryUntil: null },
  capabilities: {
    temporaryPassword: true,
    resetLink: true,
    keepOldPassword: true,
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
    refusedCases: [],
    failures: 0,
    resetsBefore: 0,
    changed: [],
    flag: null,
    lifted: null,
  },
  alertRaised: false,
  approvals: [],
  approvers: new Map(),
  vouchers: [],
  offers: new Map([
    ['emailed-code', { obstacle: null, destination: null, person: null, digits: 6, boundTo: 'marlene' }],
  ]),
  boundChecks: new Set(['check']),
  at,
};

const withAccount = (change: Partial<AccountRow>): CaseFacts => ({
  ...verifiedCase,
  found: { ...verifiedCase.found, account: { ...account, ...change } },
});
const withCase = (change: Partial<CaseRecord>): CaseFacts => ({
  ...verifiedCase,
  opened: { ...opened, ...change },
});
const withPolicy = (change: Partial<PolicyDocument>): CaseFacts => ({
  ...verifiedCase,
  policy: { version: 1, document: { ...defaultPolicy, ...change } },
});
/** The same case with every tier in need of an approver, and these requests for each action. */
const withApprovals = (...requests: readonly Partial<ApprovalRecord>[]): CaseFacts => ({
  ...withPolicy({ approvals: { ...defaultPolicy.approvals, tiers: ['standard'] } }),
  approvals: requests.map((request) => ({ ...approval, ...request })),
  approvers: new Map([['petra', petra]]),
});
const yes = { state: 'approved', decided_by: 'petra', decided_at: at - minute } as const;

/** A case and what the decision about it is; `actions` are those that it refuses, all where not given. */
export interface Situation {
  readonly name: string;
  readonly facts: CaseFacts;
  readonly obstacle: Obstacle | null;
  readonly actions?: readonly ResetAction[];
}

const refused = (
  reason: Obstacle['reason'],
  refusal: Obstacle['refusal'],
  clearedBy: Obstacle['clearedBy'],
): Obstacle => ({ reason, refusal, clearedBy });

/** One case for each reason to refuse an action, and the cases beside it in which the action may happen. */
export const situations: readonly Situation[] = [
  { name: 'a verified case', facts: verifiedCase, obstacle: null },
  {
    name: "another operator's case",
    facts: withCase({ operator_id: 'otto' }),
    obstacle: refused('not-yours', 'case.not-yours', 'another-operator'),
  },
  {
    name: 'a closed case',
    facts: withCase({ state: 'closed', ended_at: at - minute }),
    obstacle: refused('case-ended', 'case.ended', 'new-case'),
  },
  {
    name: 'a case that has expired',
    facts: withCase({ state: 'expired', ended_at: at - minute }),
    obstacle: refused('case-ended', 'case.expired', 'new-case'),
  },
  {
    name: 'an idle case that no sweep has ended yet',
    facts: withCase({ last_activity_at: at - 60 * minute }),
    obstacle: refused('case-ended', 'case.expired', 'new-case'),
  },
  {
    name: "the operator's own account",
    facts: withAccount({ user_name_key: 'olga' }),
    obstacle: refused('own-account', 'account.own', 'another-operator'),
  },
  {
    name: 'an account whose password is kept elsewhere',
    facts: withAccount({ local_password: 0 }),
    obstacle: refused('no-local-password', 'account.no-local-password', 'nothing'),
  },
  {
    name: 'a frozen account',
    facts: withAccount({ frozen_at: at - minute }),
    obstacle: refused('frozen', 'account.frozen', 'lifted-freeze'),
  },
  {
    name: 'a disabled account',
    facts: withAccount({ disabled: 1 }),
    obstacle: refused('disabled', 'account.disabled', 'enabled-account'),
  },
  {
    name: 'a directory that sets no temporary passwords',
    facts: {
      ...verifiedCase,
      capabilities: { ...verifiedCase.capabilities, temporaryPassword: false },
    },
    obstacle: refused('directory-cannot', 'account.no-local-password', 'another-action'),
    actions: ['temporary-password'],
  },
  {
    name: 'a directory that takes no passwords from links',
    facts: { ...verifiedCase, capabilities: { ...verifiedCase.capabilities, resetLink: false } },
    obstacle: refused('directory-cannot', 'account.no-local-password', 'another-action'),
    actions: ['reset-link'],
  },
  {
    name: 'a case with a reset',
    facts: { ...verifiedCase, resets: [reset] },
    obstacle: refused('already-reset', 'request.conflict', 'new-case'),
  },
  {
    name: 'a case with a temporary password that is still held',
    facts: {
      ...verifiedCase,
      resets: [{ ...reset, action: 'temporary-password' }],
      holdsSecret: () => true,
    },
    obstacle: refused('already-reset', 'request.conflict', 'new-case'),
  },
  {
    name: 'a case whose temporary password was lost unseen',
    facts: { ...verifiedCase, resets: [{ ...reset, action: 'temporary-password' }] },
    obstacle: null,
  },
  {
    name: 'a case whose reset was revoked',
    facts: { ...verifiedCase, resets: [{ ...reset, revoked_at: at - minute }] },
    obstacle: null,
  },
  {
    name: 'an account without an email address',
    facts: withAccount({ email: null, email_key: null }),
    obstacle: refused('no-email', 'reset.no-address', 'another-action'),
    actions: ['reset-link'],
  },
  {
    name: 'an email address that was changed two days ago',
    facts: withAccount({ email_changed_at: at - 2 * 24 * 60 * minute }),
    obstacle: refused('contact-changed', 'reset.no-address', 'time'),
    actions: ['reset-link'],
  },
  {
    name: 'an email address that was changed eight days ago',
    facts: withAccount({ email_changed_at: at - 8 * 24 * 60 * minute }),
    obstacle: null,
  },
  {
    name: 'a case without a passed check',
    facts: { ...verifiedCase, evidence: [] },
    obstacle: refused('assurance', 'assurance.not-enough', 'checks'),
  },
  {
    name: 'a case that was verified in another session',
    facts: { ...verifiedCase, session: { ...session, id: 'other' } },
    obstacle: refused('assurance', 'assurance.not-enough', 'checks'),
  },
  {
    name: 'a case whose check went to an address that has changed',
    facts: { ...verifiedCase, boundChecks: new Set() },
    obstacle: refused('assurance', 'assurance.not-enough', 'checks'),
  },
  {
    name: 'a case that was verified by a weak check before the alert',
    facts: { ...verifiedCase, alertRaised: true },
    obstacle: refused('assurance', 'assurance.not-enough', 'checks'),
  },
  {
    name: 'an account with three failures, for an operator who is no approver',
    facts: { ...verifiedCase, memory: { ...verifiedCase.memory, failures: 3 } },
    obstacle: refused('assurance', 'assurance.not-enough', 'checks'),
  },
  {
    name: 'a case without the ticket that the policy requires',
    facts: withPolicy({ caseFields: { ticket: 'required', reason: 'optional' } }),
    obstacle: refused('ticket-required', 'case.ticket-required', 'case-fields'),
  },
  {
    name: 'a case without the reason that the policy requires',
    facts: withPolicy({ caseFields: { ticket: 'optional', reason: 'required' } }),
    obstacle: refused('reason-required', 'case.reason-required', 'case-fields'),
  },
  {
    name: 'a case that needs an approver who was not asked',
    facts: withApprovals(),
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'a case whose approver has not answered',
    facts: withApprovals({}),
    obstacle: refused('approval-pending', 'approval.needed', 'approver-answer'),
  },
  {
    name: 'a case whose approver did not answer in time',
    facts: withApprovals({ expires_at: at }),
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'a case whose approver said no',
    facts: withApprovals({ state: 'denied', decided_by: 'petra', decided_at: at - minute }),
    obstacle: refused('approval-denied', 'approval.denied', 'nothing'),
  },
  {
    name: 'a case whose approver said yes to each action',
    facts: withApprovals(...resetActions.map((action) => ({ ...yes, id: action, action }))),
    obstacle: null,
  },
  {
    name: 'an approval for the other action',
    facts: withApprovals(yes),
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
    actions: ['reset-link'],
  },
  {
    name: 'an approval that covers another reason',
    facts: withApprovals({ ...yes, needed: '["raised-alert"]' }),
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'an approval for another session of the operator',
    facts: withApprovals({ ...yes, session_id: 'other' }),
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'an approval under another policy',
    facts: withApprovals({ ...yes, policy_version: 2 }),
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'an approval that is older than a flag',
    facts: {
      ...withApprovals({ ...yes, needed: '["tier","flagged-account"]' }),
      memory: { ...verifiedCase.memory, flag: { at, by: null } },
    },
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'an approval by an operator who has lost the role',
    facts: {
      ...withApprovals(yes),
      approvers: new Map([['petra', { ...petra, roles: ['operator'] }]]),
    },
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'an approval by an operator who is disabled',
    facts: {
      ...withApprovals(yes),
      approvers: new Map([['petra', { ...petra, disabled: true }]]),
    },
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: "the operator's approval of their own request",
    facts: {
      ...withApprovals({ ...yes, decided_by: 'olga' }),
      approvers: new Map([['olga', { ...petra, person: new Set(['operator olga']) }]]),
    },
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'an approval by the operator under another name',
    facts: {
      ...withApprovals(yes),
      approvers: new Map([['petra', { ...petra, person: new Set(['operator petra', 'account shared']) }]]),
      person: new Set(['operator olga', 'account shared']),
    },
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
  {
    name: 'an approval by the manager who vouched',
    facts: {
      ...withApprovals(yes),
      approvers: new Map([['petra', { ...petra, person: new Set(['operator petra', 'account boss']) }]]),
      vouchers: [new Set(['account boss'])],
    },
    obstacle: refused('approval-needed', 'approval.needed', 'approval-request'),
  },
];

/** What the decision about an action is in a situation. */
export const obstacleIn = ({ obstacle, actions }: Situation, action: ResetAction): Obstacle | null =>
  actions === undefined || actions.includes(action) ? obstacle : null;
