import type { LiveEvent } from '../../../shared/api/live.ts';
import { notificationTexts, type NotificationTexts } from './notification-texts.ts';

/** Tells an approver through the system what must not wait for the next look at the window. */
export function createAttention(notify: (words: NotificationTexts) => void): (event: LiveEvent) => void {
  return (event) => {
    const words = notificationTexts(event);
    if (words) notify(words);
  };
}
