import { resetActions, type CaseAction, type CaseView } from '../../../shared/api/case.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { assertRecentProof } from '../../authorization/recent-proof.ts';
import { isOwnAccount } from '../../authorization/persons.ts';
import type { DirectoryCapabilities } from '../../directories/directory.ts';
import { Refusal } from '../../refusal.ts';
import { hasAccountObstacle, type AccountObstacle } from './account-obstacle.ts';
import { approvalObstacle } from './approval-validity.ts';
import { caseObstacle, type CaseContext } from './case-context.ts';
import { isFinalReset } from './reset-state.ts';

export type ActionObstacle = NonNullable<CaseView['actions'][number]['obstacle']>;

/** What makes a refused action possible. */
export type Clearing =
  /** Passing more checks; the context's assurance says which. */
  | 'checks'
  /** The case's ticket or reason. */
  | 'case-fields'
  /** Asking an approver. */
  | 'approval-request'
  /** The answer of the approver who was asked. */
  | 'approver-answer'
  /** An approver who lifts the freeze. */
  | 'lifted-freeze'
  /** A directory that enables the account. */
  | 'enabled-account'
  /** A source or a directory that extends the account. */
  | 'extended-account'
  /** The account's first day. */
  | 'first-day'
  /** The end of the contact data's cool-down. */
  | 'time'
  | 'another-action'
  | 'another-operator'
  | 'new-case'
  /** Nothing at this desk: another system keeps the password, its directory is off, the account is not locked, or an approver denied the request. */
  | 'nothing';

/** One reason why an action is refused. */
export interface Obstacle {
  readonly reason: ActionObstacle;
  /** The code of the refusal in the API. */
  readonly refusal: ErrorCode;
  readonly clearedBy: Clearing;
}

interface ObstacleRow extends Obstacle {
  /** The actions that the obstacle can prevent; all if absent. */
  readonly actions?: readonly CaseAction[];
  readonly isThere: (context: CaseContext, action: CaseAction) => boolean;
}

/** The capability of the directory that each action needs. */
const capabilityOf: Readonly<Record<CaseAction, keyof DirectoryCapabilities>> = {
  'temporary-password': 'temporaryPassword',
  'reset-link': 'resetLink',
  unlock: 'unlock',
  'remove-sign-in-method': 'signInMethods',
};

const accountHas =
  (obstacle: AccountObstacle) =>
  ({ found, policy, at }: CaseContext): boolean =>
    hasAccountObstacle({ account: found.account, coolDown: policy.document.contactCoolDown, at }, obstacle);

/**
 * Every reason to refuse an action, in the order in which operators see them. Reasons that no work in this case can change come first. The approval
 * comes last, so that no approver is asked about a reset that could not happen anyway.
 */
const obstacleTable: readonly ObstacleRow[] = [
  {
    reason: 'not-yours',
    refusal: 'case.not-yours',
    clearedBy: 'another-operator',
    isThere: (context) => caseObstacle(context) === 'case.not-yours',
  },
  {
    reason: 'case-ended',
    refusal: 'case.ended',
    clearedBy: 'new-case',
    isThere: (context) => caseObstacle(context) === 'case.ended',
  },
  {
    reason: 'case-ended',
    refusal: 'case.expired',
    clearedBy: 'new-case',
    isThere: (context) => caseObstacle(context) === 'case.expired',
  },
  {
    reason: 'own-account',
    refusal: 'account.own',
    clearedBy: 'another-operator',
    isThere: ({ person, found }) => isOwnAccount(person, found.account),
  },
  {
    reason: 'no-local-password',
    refusal: 'account.no-local-password',
    clearedBy: 'nothing',
    isThere: accountHas('no-local-password'),
  },
  { reason: 'frozen', refusal: 'account.frozen', clearedBy: 'lifted-freeze', isThere: accountHas('frozen') },
  {
    reason: 'disabled',
    refusal: 'account.disabled',
    clearedBy: 'enabled-account',
    isThere: accountHas('disabled'),
  },
  // A new password would end before its owner may sign in. An attacker may be the person who has left.
  {
    reason: 'expired',
    refusal: 'account.expired',
    clearedBy: 'extended-account',
    actions: resetActions,
    isThere: accountHas('expired'),
  },
  {
    reason: 'not-started',
    refusal: 'account.not-started',
    clearedBy: 'first-day',
    actions: resetActions,
    isThere: accountHas('not-started'),
  },
  {
    reason: 'directory-off',
    refusal: 'directory.off',
    clearedBy: 'nothing',
    isThere: ({ capabilities }) => capabilities.isOff,
  },
  {
    reason: 'directory-cannot',
    refusal: 'account.no-local-password',
    clearedBy: 'another-action',
    isThere: ({ capabilities }, action) => !capabilities[capabilityOf[action]],
  },
  {
    reason: 'already-reset',
    refusal: 'request.conflict',
    clearedBy: 'new-case',
    actions: resetActions,
    isThere: ({ resets, holdsSecret }) => resets.some((reset) => isFinalReset(reset, holdsSecret)),
  },
  {
    reason: 'not-locked',
    refusal: 'account.not-locked',
    clearedBy: 'nothing',
    actions: ['unlock'],
    isThere: ({ lock }) => lock === null,
  },
  {
    reason: 'no-email',
    refusal: 'reset.no-address',
    clearedBy: 'another-action',
    actions: ['reset-link'],
    isThere: accountHas('no-email'),
  },
  {
    reason: 'contact-changed',
    refusal: 'reset.no-address',
    clearedBy: 'time',
    actions: ['reset-link'],
    isThere: accountHas('contact-changed'),
  },
  {
    reason: 'channel-not-set-up',
    refusal: 'reset.mail-unavailable',
    clearedBy: 'another-action',
    actions: ['reset-link'],
    isThere: ({ channels }) => channels['mailed-link']?.reason === 'channel-not-set-up',
  },
  {
    reason: 'channel-failing',
    refusal: 'reset.mail-unavailable',
    clearedBy: 'time',
    actions: ['reset-link'],
    isThere: ({ channels }) => channels['mailed-link']?.reason === 'channel-failing',
  },
  {
    reason: 'address-unreachable',
    refusal: 'reset.mail-unavailable',
    clearedBy: 'another-action',
    actions: ['reset-link'],
    isThere: ({ channels }) => channels['mailed-link']?.reason === 'address-unreachable',
  },
  {
    reason: 'assurance',
    refusal: 'assurance.not-enough',
    clearedBy: 'checks',
    actions: resetActions,
    isThere: ({ assurance }) => !assurance.met,
  },
  {
    reason: 'assurance',
    refusal: 'assurance.not-enough',
    clearedBy: 'checks',
    actions: ['unlock'],
    isThere: ({ unlockAssurance }) => !unlockAssurance.met,
  },
  {
    reason: 'assurance',
    refusal: 'assurance.not-enough',
    clearedBy: 'checks',
    actions: ['remove-sign-in-method'],
    isThere: ({ passAssurance }) => !passAssurance.met,
  },
  {
    reason: 'ticket-required',
    refusal: 'case.ticket-required',
    clearedBy: 'case-fields',
    isThere: ({ policy, opened }) =>
      policy.document.caseFields.ticket === 'required' && opened.ticket === null,
  },
  {
    reason: 'reason-required',
    refusal: 'case.reason-required',
    clearedBy: 'case-fields',
    isThere: ({ policy, opened }) =>
      policy.document.caseFields.reason === 'required' && opened.reason === null,
  },
  {
    reason: 'approval-denied',
    refusal: 'approval.denied',
    clearedBy: 'nothing',
    isThere: (context, action) => approvalObstacle(context, action) === 'approval-denied',
  },
  {
    reason: 'approval-pending',
    refusal: 'approval.needed',
    clearedBy: 'approver-answer',
    isThere: (context, action) => approvalObstacle(context, action) === 'approval-pending',
  },
  {
    reason: 'approval-needed',
    refusal: 'approval.needed',
    clearedBy: 'approval-request',
    isThere: (context, action) => approvalObstacle(context, action) === 'approval-needed',
  },
];

/** The API's error code for an obstacle. Throws for an obstacle without a row. */
export function refusalFor(reason: ActionObstacle): ErrorCode {
  const row = obstacleTable.find((candidate) => candidate.reason === reason);
  if (row === undefined) throw new Error(`No row for ${reason}`);
  return row.refusal;
}

/** Everything that an action lacks in a case now, the most important first; empty if the action is possible. */
export const actionObstacles = (context: CaseContext, action: CaseAction): readonly Obstacle[] =>
  obstacleTable
    .filter(
      ({ actions, isThere }) =>
        (actions === undefined || actions.includes(action)) && isThere(context, action),
    )
    .map(({ reason, refusal, clearedBy }) => ({ reason, refusal, clearedBy }));

/** The obstacle that the console shows and the API returns; null if the action is possible. */
export const actionObstacle = (context: CaseContext, action: CaseAction): Obstacle | null =>
  actionObstacles(context, action)[0] ?? null;

/**
 * Throws the refusal of the first obstacle, or `session.reauthentication-required`. The grant and the reset check this, each in its own transaction.
 * The operator's recent proof is checked last and is not shown as an obstacle: the console asks for it when it is due.
 */
export function assertActionAllowed(context: CaseContext, action: CaseAction): void {
  const obstacle = actionObstacle(context, action);
  if (obstacle !== null) throw new Refusal(obstacle.refusal);
  const { reauthenticateAfter } = context.policy.document.operatorSession;
  assertRecentProof(context.session, reauthenticateAfter, context.at);
}
