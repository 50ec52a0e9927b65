import type { CaseView, ResetAction } from '../../../shared/api/case.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Directory } from '../../directories/directory.ts';
import { stateOf } from './approval-validity.ts';
import { coolingUntil } from './check-obstacle.ts';
import { isOwnAccount } from '../../authorization/account-access.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { CaseContext } from './case-context.ts';

export type ActionObstacle = NonNullable<CaseView['actions'][number]['obstacle']>;

/** How the refusal of an action is called on the wire. */
export const refusalFor: Readonly<Record<ActionObstacle, ErrorCode>> = {
  assurance: 'assurance.not-enough',
  'ticket-required': 'case.ticket-required',
  'reason-required': 'case.reason-required',
  'no-local-password': 'account.no-local-password',
  disabled: 'account.disabled',
  frozen: 'account.frozen',
  'no-email': 'reset.no-address',
  'contact-changed': 'reset.no-address',
  'case-ended': 'case.ended',
  'not-yours': 'case.not-yours',
  'already-reset': 'request.conflict',
  'directory-cannot': 'account.no-local-password',
  'own-account': 'account.own',
  'approval-needed': 'approval.needed',
  'approval-pending': 'approval.needed',
  'approval-denied': 'approval.denied',
};

/** Whether nobody has seen a reset's secret and nobody holds it any more: it is of no use to the caller. */
export const isLost = (reset: ResetsTable, held: (resetId: string) => boolean): boolean =>
  reset.state === 'done' &&
  reset.revoked_at === null &&
  reset.action === 'temporary-password' &&
  reset.revealed_at === null &&
  !held(reset.id);

/** Whether a reset stands in the way of another one in its case. One that is lost or was taken back may be done again on the same evidence. */
const stands = (reset: ResetsTable, held: (resetId: string) => boolean): boolean =>
  reset.state === 'done' && reset.revoked_at === null && !isLost(reset, held);

/** Who asks, and what the world around the case can do. */
export interface ActionCircumstances {
  readonly session: OperatorSession;
  readonly directory: Pick<Directory, 'capabilities'>;
  readonly held: (resetId: string) => boolean;
}

/** Why an action cannot be taken in a case now, or null when it can. Decides both what the console shows and what the reset call does. */
export function actionObstacle(
  context: CaseContext,
  action: ResetAction,
  { session, directory, held }: ActionCircumstances,
): ActionObstacle | null {
  const { opened, found, policy, resets, assurance, own, expiresAt, at } = context;
  const { account } = found;
  const { caseFields, contactCoolDown } = policy.document;
  const link = action === 'reset-link';
  if (!own) return 'not-yours';
  if (opened.state !== 'open' || expiresAt <= at) return 'case-ended';
  if (isOwnAccount(session.operator, account)) return 'own-account';
  if (account.local_password === 0) return 'no-local-password';
  if (account.frozen_at !== null) return 'frozen';
  if (account.disabled === 1) return 'disabled';
  const { temporaryPassword, resetLink } = directory.capabilities;
  if (!(link ? resetLink : temporaryPassword)) return 'directory-cannot';
  if (resets.some((reset) => stands(reset, held))) return 'already-reset';
  if (link && account.email === null) return 'no-email';
  if (link && coolingUntil(account.email_changed_at, contactCoolDown, at) !== null) return 'contact-changed';
  if (!assurance.met) return 'assurance';
  if (caseFields.ticket === 'required' && opened.ticket === null) return 'ticket-required';
  if (caseFields.reason === 'required' && opened.reason === null) return 'reason-required';
  return approvalObstacle(context, action);
}

/** Last of all, so that nobody is asked for their eyes on a reset that could not happen anyway. */
function approvalObstacle(
  { approvalNeeds, approvals, approvedFor, at }: CaseContext,
  action: ResetAction,
): ActionObstacle | null {
  if (approvalNeeds.length === 0 || approvedFor(action) !== null) return null;
  const newest = approvals[0];
  if (newest === undefined) return 'approval-needed';
  const state = stateOf(newest, at);
  if (state === 'pending') return 'approval-pending';
  // A no is final for its case: the same caller does not get to ask until somebody says yes.
  return state === 'denied' ? 'approval-denied' : 'approval-needed';
}
