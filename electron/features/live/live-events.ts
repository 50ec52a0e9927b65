import { followLive, liveEvent } from '../../../shared/api/live.ts';
import type { Emit } from '../../bridge/emitter.ts';
import { createBurstLimiter } from '../../limits/burst-limiter.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../../services/timers/timers.ts';
import type { Session } from '../session/session.ts';
import { createCoalescedEvents } from './coalesced-events.ts';
import { createLiveStream } from './live-stream.ts';
import { createLockedWatch } from './locked-watch.ts';
import { notificationTexts } from './notification-texts.ts';
import { createNotifier } from './notifier.ts';
import { createSystemNotification } from './system-notification.ts';

interface Collaborators {
  readonly session: Session;
  readonly emit: Emit;
  /** Brings the window to the front. */
  readonly raise: () => void;
  /** Shows how many requests wait, on the console's icon. */
  readonly showBadge: (waiting: number) => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** Milliseconds between two questions whether this session has ended. */
const confirmWindowMs = 10_000;

/**
 * The backend's live events: `live` sends all of them to the page while the operator works, `locked` only counts waiting requests while
 * the console is locked. Urgent ones become a notification of the system, whose click opens the screen that it is about.
 */
export function createLiveEvents({ session, emit, raise, showBadge, log, now, setTimer }: Collaborators) {
  const show = createSystemNotification({ emit, raise });
  const { notify } = createNotifier({ show, log, now, setTimer });
  const coalesced = createCoalescedEvents({
    emit: (event) => {
      emit('live', event);
    },
    now,
    setTimer,
  });
  const confirmEnded = createBurstLimiter<string, string>({
    burst: 1,
    windowMs: confirmWindowMs,
    onItem: session.confirmEnded,
    hold: (held, sessionId) => (sessionId === session.view()?.id ? sessionId : (held ?? sessionId)),
    onHeld: session.confirmEnded,
    now,
    setTimer,
  });
  const locked = createLockedWatch({
    open: session.openLockedEventStream,
    notify,
    onWaiting: (waiting) => {
      showBadge(waiting);
      emit('waiting', { waiting });
    },
    log,
    now,
    setTimer,
  });
  const live = createLiveStream({
    open: (signal) => session.openEventStream(followLive, signal),
    schema: liveEvent,
    onEvent: (event) => {
      const texts = notificationTexts(event);
      if (texts !== null) notify(texts);
      if (event.type === 'session-ended') confirmEnded.push(event.sessionId);
      coalesced.push(event);
    },
    onOpen: coalesced.announceAll,
    log,
    now,
    setTimer,
  });
  return {
    live: {
      start: live.start,
      stop: () => {
        live.stop();
        coalesced.stop();
        confirmEnded.stop();
      },
    },
    locked,
  };
}
