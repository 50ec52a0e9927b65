import type { Readable } from 'node:stream';
import { lockedEvent } from '../../../shared/api/live.ts';
import { createBurstLimiter } from '../../limits/burst-limiter.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../../services/timers/timers.ts';
import { createLiveStream } from './live-stream.ts';
import { lockedNotificationTexts, type NotificationTexts } from './notification-texts.ts';

interface Collaborators {
  readonly open: (signal: AbortSignal) => Promise<Readable>;
  readonly notify: (texts: NotificationTexts) => void;
  /** The number of items that wait in the queue; 0 when the console is unlocked. */
  readonly onWaiting: (waiting: number) => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** Numbers a second that reach the page and the badge at once. Of further ones, only the last does, when the second ends. */
const maxCounts = 5;
const countWindowMs = 1000;

/** Notifies the operator of a locked console when something new waits for them. */
export function createLockedWatch({ open, notify, onWaiting, log, now, setTimer }: Collaborators) {
  /** Null until the backend has sent a number. */
  let lastWaiting: number | null = null;
  const counts = createBurstLimiter<number, number>({
    burst: maxCounts,
    windowMs: countWindowMs,
    onItem: onWaiting,
    hold: (_held, waiting) => waiting,
    onHeld: onWaiting,
    now,
    setTimer,
  });
  const stream = createLiveStream({
    open,
    schema: lockedEvent,
    onEvent: ({ happened, waiting }) => {
      // While the stream was disconnected, the number alone tells that something was added.
      const isMissed = happened === null && lastWaiting !== null && waiting > lastWaiting;
      lastWaiting = waiting;
      if (happened !== null) notify(lockedNotificationTexts[happened]);
      else if (isMissed) notify(lockedNotificationTexts['approval-asked']);
      counts.push(waiting);
    },
    onOpen: () => undefined,
    log,
    now,
    setTimer,
  });
  return {
    /** Starts watching. If it is watching already, repeats the number for a page that was reloaded. */
    start: () => {
      if (lastWaiting !== null) onWaiting(lastWaiting);
      stream.start();
    },
    stop: () => {
      stream.stop();
      counts.stop();
      if (lastWaiting !== null) onWaiting(0);
      lastWaiting = null;
    },
  };
}
