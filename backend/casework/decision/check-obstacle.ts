import { checkRow, type CheckKind } from '../../../shared/api/check.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Channel, ChannelObstacle } from '../../messaging/channels.ts';
import { Refusal } from '../../refusal.ts';
import type { ChecksTable } from '../../store/tables.ts';
import type { CaseContext } from './case-context.ts';
import { checkObstacle, type Check, type CheckObstacle } from './check.ts';
import { contactObstacle } from './contact.ts';

interface Circumstances {
  readonly policy: Pick<PolicyDocument, 'weakChecks'>;
  readonly alertRaised: boolean;
  /** Of this case. */
  readonly checks: readonly Pick<ChecksTable, 'kind' | 'state' | 'settled_at'>[];
  /** Whether only an approver can continue, and the operator is not one. */
  readonly isHeldForApprover: boolean;
  readonly channels: Readonly<Record<Channel, ChannelObstacle | null>>;
}

/**
 * Why checks of this kind cannot be used in a case at all; null if they can. A call-back that the owner denied locks the kind, as three wrong codes
 * do.
 */
export function commonCheckObstacle(kind: CheckKind, circumstances: Circumstances): CheckObstacle | null {
  const { policy, alertRaised, checks, isHeldForApprover, channels } = circumstances;
  const locked = checks.find(
    (check) => check.kind === kind && (check.state === 'locked' || check.state === 'failed'),
  );
  if (locked) return checkObstacle('locked-for-case', locked.settled_at);
  if (alertRaised && policy.weakChecks.includes(kind)) return checkObstacle('weak-under-alert');
  if (isHeldForApprover) return checkObstacle('approver-only');
  const { sentBy, answer } = checkRow(kind);
  // A check that another person answers uses a page behind a mailed link.
  const use = sentBy === 'mail' && answer === null ? 'mailed-link' : sentBy;
  // A running check was sent before the channel failed, so its answer can still arrive.
  const isUnderWay = checks.some((check) => check.kind === kind && check.state === 'pending');
  const channel = use === null || isUnderWay ? null : channels[use];
  return channel === null ? null : checkObstacle(channel.reason, channel.since, channel.until);
}

/** The obstacle of a check that goes to an address or number on file; `coolDown` in seconds. */
export function contactCheckObstacle(
  missing: 'no-email' | 'no-phone' | 'manager-without-email',
  value: string | null,
  changedAt: number | null,
  { coolDown, at }: { readonly coolDown: number; readonly at: number },
): CheckObstacle | null {
  const found = contactObstacle(value, changedAt, coolDown, at);
  if (found === null) return null;
  return found.reason === 'missing'
    ? checkObstacle(missing)
    : checkObstacle('contact-changed', found.since, found.until);
}

/** Why a check cannot be started in a case now; null if it can. `check` is undefined for a kind that this backend does not support. */
export function startRefusal(
  { offers, checkObstacles, checks, countingChecks, at }: CaseContext,
  kind: CheckKind,
  check: Pick<Check, 'limits'> | undefined,
): Refusal | null {
  const obstacle = checkObstacles.get(kind);
  if (obstacle?.reason === 'locked-for-case') return new Refusal('check.locked');
  if (obstacle?.reason === 'approver-only') return new Refusal('check.approver-only');
  const isPassed = checks.some((done) => done.kind === kind && countingChecks.has(done.id));
  if (!check || !offers.has(kind) || obstacle || isPassed) {
    const detail = isPassed ? 'This check was already passed.' : (obstacle?.reason ?? 'not-offered');
    return new Refusal('check.unavailable', { detail });
  }
  const last = checks.find((before) => before.kind === kind);
  const nextStart = last === undefined ? at : last.started_at + check.limits.spacing;
  return nextStart > at
    ? new Refusal('request.rate-limited', { until: new Date(nextStart).toISOString() })
    : null;
}

/** How an answer is treated: it is judged, refused, or ends the check because it is too late. */
export type AnswerDecision =
  | { readonly kind: 'judge' }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | { readonly kind: 'expire'; readonly why: 'time' | 'contact changed' };

/** Decides about an answer to a check of the case before its content is judged. */
export function decideAnswer(
  { checkObstacles, boundChecks, at }: CaseContext,
  check: ChecksTable,
  session: OperatorSession,
): AnswerDecision {
  const refuse = (...refusal: ConstructorParameters<typeof Refusal>): AnswerDecision => ({
    kind: 'refuse',
    refusal: new Refusal(...refusal),
  });
  if (check.state === 'locked') return refuse('check.locked');
  if (check.state === 'expired') return refuse('check.expired');
  if (check.state !== 'pending') return refuse('check.settled');
  if (check.session_id !== session.id) return refuse('check.other-session');
  const reason = checkObstacles.get(check.kind as CheckKind)?.reason;
  if (reason === 'approver-only') return refuse('check.approver-only');
  if (!boundChecks.has(check.id)) return { kind: 'expire', why: 'contact changed' };
  if (check.expires_at <= at) return { kind: 'expire', why: 'time' };
  return reason === undefined ? { kind: 'judge' } : refuse('check.unavailable', { detail: reason });
}

/** Whether a check still waits for its answer. */
export const isPending = ({ state, expires_at }: ChecksTable, at: number): boolean =>
  state === 'pending' && expires_at > at;

/** The state of a check as it counts now: a passed one has expired once its contact data changed or its session ended. */
export function checkStateOf(
  check: ChecksTable,
  { countingChecks, at }: Pick<CaseContext, 'countingChecks' | 'at'>,
): ChecksTable['state'] {
  if (check.state === 'pending' && !isPending(check, at)) return 'expired';
  if (check.state === 'passed' && !countingChecks.has(check.id)) return 'expired';
  return check.state;
}
