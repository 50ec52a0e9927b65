import type { CheckKind, CheckView } from '../../../../shared/api/check.ts';
import { clockTime, clockWords } from '../../../parts/clock/format-time.ts';
import { formatRemaining } from '../../../parts/clock/countdown.ts';
import type { Words } from '../../../texts/use-texts.ts';

/** Whose contact data a check goes to. */
const contactOf = (kind: CheckKind): 'email' | 'phone' | 'manager' =>
  kind === 'managers-word' ? 'manager' : kind === 'emailed-code' ? 'email' : 'phone';

export interface Moment {
  readonly wrong: boolean;
  /** Open, and its time is not over. */
  readonly live: boolean;
  /** Milliseconds. */
  readonly remaining: number;
}

/** Why a check cannot be used, with the dates that matter. */
function describeObstacle(
  kind: CheckKind,
  { reason, since, until }: NonNullable<CheckView['obstacle']>,
  words: Words,
): string {
  const key = reason === 'contact-changed' ? `${reason}.${contactOf(kind)}` : reason;
  const when = (at: string | null) => (at === null ? '' : clockWords(at));
  return words(`case.obstacles.${key}`, { since: when(since), until: when(until) });
}

function describeDelivery(
  { kind }: CheckView,
  { delivery, deliveryAnswer }: NonNullable<CheckView['attempt']>,
  words: Words,
): string[] {
  if (delivery === null) return [];
  if (delivery === 'accepted' && kind === 'texted-code') return [words('case.check.textAccepted')];
  const said = words(`case.check.delivery.${delivery}`);
  return delivery === 'failed' || delivery === 'bounced' ? [said, deliveryAnswer ?? ''] : [said];
}

/** One line on where a check stands and what the operator does next. */
export function describeCheck(check: CheckView, { wrong, live, remaining }: Moment, words: Words): string {
  const { attempt, kind, obstacle } = check;
  const values = {
    person: check.person ?? '',
    destination: check.destination ?? '',
    digits: check.digits ?? '',
    time: attempt === null ? '' : clockTime(attempt.settledAt ?? attempt.startedAt),
  };
  if (attempt?.state === 'passed') return words(`case.check.passed.${kind}`, values);
  if (attempt?.state === 'locked') return words('case.check.locked');
  if (attempt?.state === 'failed') return words(`case.check.failed.${kind}`, values);
  if (obstacle !== null) return describeObstacle(kind, obstacle, words);
  if (attempt === null) return words(`case.check.hint.${kind}`, values);
  if (!live) return words(`case.check.expired.${kind}`);
  const time = { time: formatRemaining(remaining) };
  const parts = [
    wrong ? '' : words(`case.check.pending.${kind}`, values),
    words(kind === 'managers-word' ? 'case.check.waits' : 'case.check.expires', time),
    wrong || attempt.triesLeft === null ? '' : words('case.check.tries', { count: attempt.triesLeft }),
    ...describeDelivery(check, attempt, words),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
