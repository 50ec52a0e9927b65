import { setImmediate } from 'node:timers/promises';

/** Lets the event loop serve what waits before the next piece of heavy work. */
export const nextTurn = (): Promise<void> => setImmediate();
