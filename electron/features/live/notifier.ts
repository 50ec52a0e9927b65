import { createBurstLimiter } from '../../limits/burst-limiter.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../../services/timers/timers.ts';
import { manyNotificationsTexts, type NotificationTexts } from './notification-texts.ts';

interface Collaborators {
  /** Shows a notification of the system in place of the one before. */
  readonly show: (texts: NotificationTexts) => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** Notifications that are shown one by one, and the milliseconds in which further ones are combined into one. */
const burst = 3;
const windowMs = 30_000;

/** Shows notifications; of many in a short time only the first ones, then one that counts the others. */
export function createNotifier({ show, log, now, setTimer }: Collaborators): {
  readonly notify: (texts: NotificationTexts) => void;
  readonly stop: () => void;
} {
  const showAndLog = (texts: NotificationTexts) => {
    log.info('notified', { title: texts.title });
    show(texts);
  };
  const { push, stop } = createBurstLimiter<NotificationTexts, { count: number; last: NotificationTexts }>({
    burst,
    windowMs,
    onItem: showAndLog,
    hold: (held, last) => ({ count: (held?.count ?? 0) + 1, last }),
    onHeld: ({ count, last }) => {
      showAndLog(count === 1 ? last : manyNotificationsTexts(count));
    },
    now,
    setTimer,
  });
  return { notify: push, stop };
}
