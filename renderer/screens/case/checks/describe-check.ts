import type { AccountView } from '../../../../shared/api/account.ts';
import { checkRow, type CheckKind, type CheckView } from '../../../../shared/api/check.ts';
import { clockTime, formatPastTime } from '../../../parts/clock/format-time.ts';
import { formatRemaining } from '../../../parts/clock/countdown.ts';
import { describeReaders } from '../../../parts/outbox/describe-readers.ts';
import type { Translate } from '../../../texts/use-texts.ts';

/** The contact data that a check is sent to. */
const contactOf = (kind: CheckKind) => checkRow(kind).contact ?? 'phone';

export interface CheckMoment {
  readonly wrong: boolean;
  /** Whether the check is open and has not expired. */
  readonly live: boolean;
  /** Milliseconds until it expires. */
  readonly remaining: number;
  /** The kind of directory that keeps the account. */
  readonly directory: AccountView['directory'];
}

/** Directories that tell when an account was changed, but not whether its contact data was. */
const tellsEntryOnly = (directory: AccountView['directory']) =>
  directory === 'ldap' || directory === 'keycloak';

/** The text about contact data that changed recently, or may have changed. */
function contactKey(kind: CheckKind, directory: AccountView['directory']) {
  const contact = contactOf(kind);
  return contact !== 'manager' && tellsEntryOnly(directory)
    ? (`entry-changed.${contact}` as const)
    : (`contact-changed.${contact}` as const);
}

/** Why a check cannot be used, with the relevant dates. */
function describeObstacle(
  kind: CheckKind,
  { reason, since, until }: NonNullable<CheckView['obstacle']>,
  directory: AccountView['directory'],
  t: Translate,
): string {
  const key =
    reason === 'contact-changed'
      ? contactKey(kind, directory)
      : reason === 'channel-not-set-up' || reason === 'channel-failing'
        ? `${reason}.${checkRow(kind).sentBy ?? 'mail'}`
        : reason;
  const when = (at: string | null) => (at === null ? '' : formatPastTime(at));
  return t(`case.obstacles.${key}`, { since: when(since), until: when(until) });
}

/** The state of the delivery of a code or a question, with the answer of a server that refused it. */
export function describeDelivery(
  { kind }: CheckView,
  { delivery, deliveryAnswer }: NonNullable<CheckView['attempt']>,
  t: Translate,
): string[] {
  if (delivery === null) return [];
  if (delivery === 'accepted' && checkRow(kind).sentBy === 'text') return [t('case.check.textAccepted')];
  const text = t(`case.check.delivery.${delivery}`);
  return delivery === 'failed' || delivery === 'bounced' ? [text, deliveryAnswer ?? ''] : [text];
}

/** One line about the state of a check and the operator's next action. */
export function describeCheck(
  check: CheckView,
  { wrong, live, remaining, directory }: CheckMoment,
  t: Translate,
): string {
  const { attempt, kind, obstacle } = check;
  const values = {
    person: check.person ?? '',
    destination: check.destination ?? '',
    digits: check.digits ?? '',
    time: attempt === null ? '' : clockTime(attempt.settledAt ?? attempt.startedAt),
  };
  if (attempt?.state === 'passed')
    return [t(`case.check.passed.${kind}`, values), ...describeReaders(attempt, t)].join(' · ');
  if (attempt?.state === 'locked') return t('case.check.locked');
  if (attempt?.state === 'failed') return t(`case.check.failed.${kind}`, values);
  if (obstacle !== null) return describeObstacle(kind, obstacle, directory, t);
  if (attempt === null) return t(`case.check.hint.${kind}`, values);
  if (!live) return t(`case.check.expired.${kind}`);
  const time = { time: formatRemaining(remaining) };
  const parts = [
    wrong ? '' : t(`case.check.pending.${kind}`, values),
    t(checkRow(kind).answer === null ? 'case.check.waits' : 'case.check.expires', time),
    wrong || attempt.triesLeft === null ? '' : t('case.check.tries', { count: attempt.triesLeft }),
    ...describeDelivery(check, attempt, t),
    ...describeReaders(attempt, t),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
