import type { Readable } from 'node:stream';
import { lockedEvent } from '../../../shared/api/live.ts';
import type { Log } from '../../log/log.ts';
import { lockedTexts, type AttentionTexts } from './notification-texts.ts';
import { createLiveStream } from './live-stream.ts';

interface Collaborators {
  readonly open: (signal: AbortSignal) => Promise<Readable>;
  readonly notify: (words: AttentionTexts) => void;
  /** How much waits; 0 as well when the console is no longer locked. */
  readonly onWaiting: (waiting: number) => void;
  readonly log: Log;
  readonly later: (milliseconds: number, work: () => void) => () => void;
}

/** Tells the operator of a locked console through the system that something waits for them. */
export function createLockedWatch({ open, notify, onWaiting, log, later }: Collaborators) {
  /** Null until the backend has said how it stands. */
  let last: number | null = null;
  const stream = createLiveStream({
    open,
    schema: lockedEvent,
    onEvent: ({ happened, waiting }) => {
      // What was asked while the stream was broken is known by its number alone.
      const missed = happened === null && last !== null && waiting > last;
      last = waiting;
      if (happened !== null) notify(lockedTexts[happened]);
      else if (missed) notify(lockedTexts['approval-asked']);
      onWaiting(waiting);
    },
    onOpen: () => undefined,
    log,
    later,
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
