import { app, Notification } from 'electron';
import { followLive, liveEvent } from '../../../shared/api/live.ts';
import type { Emit } from '../../bridge/emitter.ts';
import type { Log } from '../../log/log.ts';
import type { Session } from '../session/session.ts';
import { createAttention } from './attention.ts';
import type { NotificationTexts } from './notification-texts.ts';
import { createLiveStream } from './live-stream.ts';
import { createLockedWatch } from './locked-watch.ts';

interface Collaborators {
  readonly session: Session;
  readonly emit: Emit;
  /** Brings the window before its operator. */
  readonly raise: () => void;
  readonly log: Log;
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

/** What the backend tells unasked: all of it to an operator at work, its bare existence to one whose console is locked. */
export function createLiveEvents({ session, emit, raise, log, setTimer }: Collaborators) {
  const notify = (words: NotificationTexts) => {
    log.info('notified', { title: words.title });
    if (!Notification.isSupported()) return;
    const notification = new Notification(words);
    notification.on('click', () => {
      raise();
      emit('navigate', { to: 'queue' });
    });
    notification.show();
  };
  const attention = createAttention(notify);
  const locked = createLockedWatch({
    open: session.openLockedEventStream,
    notify,
    onWaiting: (waiting) => {
      app.setBadgeCount(waiting);
      emit('waiting', { waiting });
    },
    log,
    setTimer,
  });
  const live = createLiveStream({
    open: (signal) => session.openEventStream(followLive, signal),
    schema: liveEvent,
    onEvent: (event) => {
      attention(event);
      if (event.type === 'session-ended') session.confirmEnded(event.sessionId);
      emit('live', event);
    },
    onOpen: () => {
      emit('live', { type: 'caught-up' });
    },
    log,
    setTimer,
  });
  return { live, locked };
}
