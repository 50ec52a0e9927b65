import type { SetTimer } from '../timers/timers.ts';

/** A time limit for one request. */
export interface Deadline {
  /** Aborts when the time is over, and when the caller's signal does. */
  readonly signal: AbortSignal;
  /** Restarts the timer with the given number of milliseconds; 0 for no limit. */
  readonly restart: (milliseconds: number) => void;
  /** Stops the timer, and no longer follows the caller's signal. */
  readonly end: () => void;
}

/**
 * Creates the time limit of a request, in milliseconds; 0 for no limit. The pending timer refers to the controller, which keeps both
 * alive. On Node 20, a signal of `AbortSignal.timeout` that only `AbortSignal.any` refers to is garbage-collected and never fires.
 */
export function createDeadline(
  milliseconds: number,
  outer: AbortSignal | undefined,
  setTimer: SetTimer,
): Deadline {
  const controller = new AbortController();
  let cancelTimer: () => void = () => undefined;
  const abort = () => {
    cancelTimer();
    controller.abort();
  };
  const restart = (limit: number) => {
    cancelTimer();
    cancelTimer = limit === 0 || controller.signal.aborted ? () => undefined : setTimer(limit, abort);
  };
  outer?.addEventListener('abort', abort);
  if (outer?.aborted === true) abort();
  restart(milliseconds);
  return {
    signal: controller.signal,
    restart,
    end: () => {
      cancelTimer();
      outer?.removeEventListener('abort', abort);
    },
  };
}
