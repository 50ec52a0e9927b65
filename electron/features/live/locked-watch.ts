import type { Readable } from 'node:stream';
import { lockedEvent } from '../../../shared/api/live.ts';
import type { Log } from '../../log/log.ts';
import { lockedNotificationTexts, type NotificationTexts } from './notification-texts.ts';
import { createLiveStream } from './live-stream.ts';

interface Collaborators {
  readonly open: (signal: AbortSignal) => Promise<Readable>;
  readonly notify: (words: NotificationTexts) => void;
  /** How much waits; 0 as well when the console is no longer locked. */
  readonly onWaiting: (waiting: number) => void;
  readonly log: Log;
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

/** Tells the operator of a locked console through the system that something waits for them. */
export function createLockedWatch({ open, notify, onWaiting, log, setTimer }: Collaborators) {
  /** Null until the backend has said how it stands. */
  let last: number | null = null;
  const stream = createLiveStream({
    open,
    schema: lockedEvent,
    onEvent: ({ happened, waiting }) => {
      // What was asked while the stream was broken is known by its number alone.
      const missed = happened === null && last !== null && waiting > last;
      last = waiting;
      if (happened !== null) notify(lockedNotificationTexts[happened]);
      else if (missed) notify(lockedNotificationTexts['approval-asked']);
      onWaiting(waiting);
    },
    onOpen: () => undefined,
    log,
    setTimer,
  });
  return {
    /** Begins to watch; once more for a page that has to be told how it stands. */
    start: () => {
      if (last !== null) onWaiting(last);
      stream.start();
    },
    stop: () => {
      stream.stop();
      if (last !== null) onWaiting(0);
      last = null;
    },
  };
}
