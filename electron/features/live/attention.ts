import type { LiveEvent } from '../../../shared/api/live.ts';
import { attentionTexts, type AttentionTexts } from './notification-texts.ts';

/** Tells an approver through the system what must not wait for the next look at the window. */
export function createAttention(notify: (words: AttentionTexts) => void): (event: LiveEvent) => void {
  return (event) => {
    const words = attentionTexts(event);
    if (words) notify(words);
  };
}
