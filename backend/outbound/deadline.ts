/** The time for the whole exchange is over. */
export class DeadlineError extends Error {
  constructor(milliseconds: number) {
    super(`The server did not answer within ${milliseconds / 1000} seconds.`);
    this.name = 'DeadlineError';
  }
}

/**
 * Does the work with a signal that aborts after this many milliseconds, or with the caller's signal. The pending timer keeps the controller alive; on
 * Node 20 a signal of `AbortSignal.timeout` that only `AbortSignal.any` refers to is garbage-collected and never fires.
 */
export async function withDeadline<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DeadlineError(milliseconds));
  }, milliseconds);
  const stop = () => {
    controller.abort(outer?.reason);
  };
  outer?.addEventListener('abort', stop);
  if (outer?.aborted === true) stop();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  }
}
