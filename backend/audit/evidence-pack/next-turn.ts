import { setImmediate } from 'node:timers/promises';

/** Lets the event loop serve pending requests before the next piece of heavy work. */
export const nextTurn = (): Promise<void> => setImmediate();
