import { app, Notification } from 'electron';
import { followLive, liveEvent } from '../../../shared/api/live.ts';
import type { Emit } from '../../bridge/emitter.ts';
import type { Log } from '../../log/log.ts';
import type { Session } from '../session/session.ts';
import { createAttention } from './attention.ts';
import type { AttentionTexts } from './notification-texts.ts';
import { createLiveStream } from './live-stream.ts';
import { createLockedWatch } from './locked-watch.ts';

interface Collaborators {
  readonly session: Session;
  readonly emit: Emit;
  /** Brings the window before its operator. */
  readonly raise: () => void;
  readonly log: Log;
  readonly later: (milliseconds: number, work: () => void) => () => void;
}

/** What the backend tells unasked: all of it to an operator at work, its bare existence to one whose console is locked. */
export function createLiveNotifications({ session, emit, raise, log, later }: Collaborators) {
  const notify = (words: AttentionTexts) => {
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
    open: session.followLocked,
    notify,
    onWaiting: (waiting) => {
      app.setBadgeCount(waiting);
      emit('waiting', { waiting });
    },
    log,
    later,
  });
  const live = createLiveStream({
    open: (signal) => session.follow(followLive, signal),
    schema: liveEvent,
    onEvent: (event) => {
      attention(event);
      if (event.type === 'session-ended') session.checkEnded(event.sessionId);
      emit('live', event);
    },
    onOpen: () => {
      emit('live', { type: 'caught-up' });
    },
    log,
    later,
  });
  return { live, locked };
}
