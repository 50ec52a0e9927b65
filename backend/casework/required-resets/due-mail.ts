import type { PolicyDocument } from '../../../shared/api/policy.ts';

/** A mail that is due to all users who were not notified since its moment. */
export interface DueMail {
  /** `told`, or the reminder: `before-3`, `after-1`. */
  readonly kind: string;
  /** Milliseconds. */
  readonly moment: number;
}

const day = 24 * 3_600_000;

/**
 * The reminder that is due now: the newest whose moment has passed since the start; null if there is none. After a backend was off for some days,
 * users get one reminder instead of each missed one.
 */
export function dueReminder(
  { started_at: startedAt, due_at: dueAt }: { readonly started_at: number; readonly due_at: number },
  { remindBefore, remindAfter }: PolicyDocument['requiredReset'],
  now: number,
): DueMail | null {
  const all = [
    ...remindBefore.map((days) => ({ kind: `before-${days}`, moment: dueAt - days * day })),
    ...remindAfter.map((days) => ({ kind: `after-${days}`, moment: dueAt + days * day })),
  ];
  return (
    all
      .filter(({ moment }) => moment > startedAt && moment <= now)
      .toSorted((a, b) => b.moment - a.moment)[0] ?? null
  );
}
