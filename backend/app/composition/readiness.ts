/** Whether a change is possible, and if not, why. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** Milliseconds within which the database must have made a change, and for which an answer is reused. */
const [limitMs, freshMs] = [1900, 1000];

/**
 * Answers within two seconds whether changes are possible. Unauthenticated clients may ask, so only one probe runs at a time, and its answer is
 * reused for a second. A late probe counts as failed, and the next one starts only after it has ended.
 */
export function createReadiness(probe: (until: number) => Promise<void>): () => Promise<Readiness> {
  let answered: { readonly readiness: Readiness; readonly until: number } | null = null;
  let running: Promise<Readiness> | null = null;

  const start = async (): Promise<Readiness> => {
    try {
      await probe(Date.now() + limitMs);
      return { ready: true };
    } catch (thrown) {
      return { ready: false, reason: thrown instanceof Error ? thrown.message : 'unknown' };
    }
  };
  return async () => {
    if (answered !== null && answered.until > performance.now()) return answered.readiness;
    running ??= start()
      .then((readiness) => {
        answered = { readiness, until: performance.now() + freshMs };
        return readiness;
      })
      .finally(() => {
        running = null;
      });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Readiness>((resolve) => {
      timer = setTimeout(resolve, limitMs, { ready: false, reason: 'the database does not answer in time' });
    });
    try {
      return await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
