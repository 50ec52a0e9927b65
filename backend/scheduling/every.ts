interface Options {
  /** Names the work in the log when it fails. */
  readonly name: string;
  readonly onUnexpected: (name: string, thrown: unknown) => void;
  /**
   * Starts each run one to two intervals, at random, after the last one ended, so that an observer cannot infer from the timing what a run did.
   */
  readonly jitter?: boolean;
}

/**
 * Runs `work` every `milliseconds`, the first time after one interval. Runs never overlap: a run longer than the interval skips the turns that it
 * misses. A failed run is reported, and later runs take place as usual. The returned function stops the schedule and waits for the current run.
 */
export function every(
  milliseconds: number,
  work: () => Promise<void>,
  { name, onUnexpected, jitter = false }: Options,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isStopped = false;

  const schedule = (elapsed: number) => {
    if (isStopped) return;
    const delay = jitter ? milliseconds * (1 + Math.random()) : milliseconds - (elapsed % milliseconds);
    timer = setTimeout(() => {
      running = run();
    }, delay);
    timer.unref();
  };
  const run = async () => {
    const startedAt = performance.now();
    try {
      await work();
    } catch (thrown) {
      onUnexpected(name, thrown);
    } finally {
      schedule(performance.now() - startedAt);
    }
  };

  schedule(0);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
