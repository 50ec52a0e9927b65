import type { LiveEvent } from '../../shared/api/live.ts';
import { attentionTexts } from './attention-texts.ts';

/** The part of Electron's notifications that is needed. */
export interface AttentionPort {
  readonly show: (words: { readonly title: string; readonly body: string }, onClick: () => void) => void;
}

/** Tells an approver through the system what must not wait for the next look at the window. */
export function createAttention(port: AttentionPort, openQueue: () => void): (event: LiveEvent) => void {
  return (event) => {
    const words = attentionTexts(event);
    if (words) port.show(words, openQueue);
  };
}
