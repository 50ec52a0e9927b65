import { resetActions, type CaseAction } from '../../../shared/api/case.ts';
import { defaultPolicy, type PolicyDocument } from '../../../shared/api/policy.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Obstacle } from './action-obstacle.ts';
import type { ApprovalRecord } from './approval-validity.ts';
import type { CaseFacts, CaseRecord } from './case-context.ts';
import {
  at,
  minute,
  account,
  session,
  petra,
  approval,
  reset,
  opened,
  verifiedCase,
} from './case-facts-for-test.ts';

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

/** A case and the expected decision about it. `actions` are those that the case refuses; all if absent. */
export interface Situation {
  readonly name: string;
  readonly facts: CaseFacts;
  readonly obstacle: Obstacle | null;
  readonly actions?: readonly CaseAction[];
}

const refused = (
  reason: Obstacle['reason'],
  refusal: Obstacle['refusal'],
  clearedBy: Obstacle['clearedBy'],
): Obstacle => ({ reason, refusal, clearedBy });

/** One case for each reason to refuse an action, and similar cases in which the action is possible. */
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
    name: 'an account that expires now',
    facts: withAccount({ expires_at: at }),
    obstacle: refused('expired', 'account.expired', 'extended-account'),
    actions: resetActions,
  },
  {
    name: 'an account whose first day is tomorrow',
    facts: withAccount({ starts_at: at + 24 * 60 * minute }),
    obstacle: refused('not-started', 'account.not-started', 'first-day'),
    actions: resetActions,
  },
  {
    name: 'a directory that is switched off',
    facts: { ...verifiedCase, capabilities: { ...verifiedCase.capabilities, isOff: true } },
    obstacle: refused('directory-off', 'directory.off', 'nothing'),
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
    name: 'an account that is not locked',
    facts: verifiedCase,
    obstacle: refused('not-locked', 'account.not-locked', 'nothing'),
    actions: ['unlock'],
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
    name: 'a desk without a mail server',
    facts: {
      ...verifiedCase,
      channels: {
        ...verifiedCase.channels,
        'mailed-link': { reason: 'channel-not-set-up', since: null, until: null },
      },
    },
    obstacle: refused('channel-not-set-up', 'reset.mail-unavailable', 'another-action'),
    actions: ['reset-link'],
  },
  {
    name: 'a desk whose mail server fails',
    facts: {
      ...verifiedCase,
      channels: {
        ...verifiedCase.channels,
        'mailed-link': { reason: 'channel-failing', since: at - minute, until: at + minute },
      },
    },
    obstacle: refused('channel-failing', 'reset.mail-unavailable', 'time'),
    actions: ['reset-link'],
  },
  {
    name: 'a desk whose links lead to itself',
    facts: {
      ...verifiedCase,
      channels: {
        ...verifiedCase.channels,
        'mailed-link': { reason: 'address-unreachable', since: null, until: null },
      },
    },
    obstacle: refused('address-unreachable', 'reset.mail-unavailable', 'another-action'),
    actions: ['reset-link'],
  },
  {
    name: 'a desk without a text message gateway',
    facts: {
      ...verifiedCase,
      channels: {
        ...verifiedCase.channels,
        text: { reason: 'channel-not-set-up', since: null, until: null },
      },
    },
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

/** The expected decision about an action in a situation. */
export const obstacleIn = ({ obstacle, actions }: Situation, action: CaseAction): Obstacle | null =>
  actions === undefined || actions.includes(action) ? obstacle : null;
