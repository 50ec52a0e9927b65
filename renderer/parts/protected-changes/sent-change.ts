import { useSyncExternalStore } from 'react';
import type { ProposedAnswer, ProtectedChange } from '../../../shared/api/protected-change-view.ts';

/** Whether a call was sent to another administrator instead of taking effect. */
export const isProposed = (value: unknown): value is ProposedAnswer =>
  typeof value === 'object' && value !== null && 'protectedChange' in value;

let sent: ProtectedChange | null = null;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const set = (change: ProtectedChange | null): void => {
  sent = change;
  for (const listener of listeners) listener();
};

/** Shows the dialog that a change was sent to another administrator. It outlives the form that sent it. */
export const showSent = (change: ProtectedChange): void => set(change);

/** The change that was sent last, until its dialog is closed. */
export const useSentChange = () => ({
  change: useSyncExternalStore(subscribe, () => sent),
  close: () => set(null),
});
