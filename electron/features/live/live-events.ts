import { app, Notification } from 'electron';
import { followLive, liveEvent } from '../../../shared/api/live.ts';
import type { Emit } from '../../bridge/emitter.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../../services/timers/timers.ts';
import type { Session } from '../session/session.ts';
import { createLiveStream } from './live-stream.ts';
import { createLockedWatch } from './locked-watch.ts';
import { notificationTexts, type NotificationTexts } from './notification-texts.ts';

interface Collaborators {
  readonly session: Session;
  readonly emit: Emit;
  /** Brings the window to the front. */
  readonly raise: () => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/**
 * The backend's live events: `live` sends all of them to the page while the operator works, `locked` only counts what waits while
 * the console is locked. Urgent ones become a notification of the system, whose click opens the queue.
 */
export function createLiveEvents({ session, emit, raise, log, now, setTimer }: Collaborators) {
  const notify = (texts: NotificationTexts) => {
    log.info('notified', { title: texts.title });
    if (!Notification.isSupported()) return;
    const notification = new Notification(texts);
    notification.on('click', () => {
      raise();
      emit('navigate', { to: 'queue' });
    });
    notification.show();
  };
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
      if (event.type === 'session-ended') session.confirmEnded(event.sessionId);
      emit('live', event);
    },
    onOpen: () => {
      emit('live', { type: 'caught-up' });
    },
    log,
    now,
    setTimer,
  });
  return { live, locked };
}
