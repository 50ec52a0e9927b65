import { app, Notification } from 'electron';
import { followLive, liveEvent } from '../../../shared/api/live.ts';
import type { Emit } from '../../bridge/emitter.ts';
import { createBurstLimiter } from '../../limits/burst-limiter.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../../services/timers/timers.ts';
import type { Session } from '../session/session.ts';
import { createCoalescedEvents } from './coalesced-events.ts';
import { createLiveStream } from './live-stream.ts';
import { createLockedWatch } from './locked-watch.ts';
import { notificationTexts, type NotificationTexts } from './notification-texts.ts';
import { createNotifier } from './notifier.ts';

interface Collaborators {
  readonly session: Session;
  readonly emit: Emit;
  /** Brings the window to the front. */
  readonly raise: () => void;
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
export function createLiveEvents({ session, emit, raise, log, now, setTimer }: Collaborators) {
  let shown: Notification | null = null;
  const show = (texts: NotificationTexts) => {
    if (!Notification.isSupported()) return;
    // Otherwise the system keeps all of them, one above the other.
    shown?.close();
    const { leadsTo = { to: 'queue' }, ...shownTexts } = texts;
    const notification = new Notification(shownTexts);
    notification.on('click', () => {
      raise();
      emit('navigate', leadsTo);
    });
    notification.show();
    shown = notification;
  };
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
      app.setBadgeCount(waiting);
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
