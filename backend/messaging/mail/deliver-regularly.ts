import type { Mailer } from './mailer.ts';

/** Milliseconds between two looks at the queue. */
const lookEvery = 1000;

/** Looks at the queue again and again, one look at a time, until the returned function is called; that settles when nothing is under way. */
export function deliverRegularly(
  mailer: Mailer,
  alsoLook: () => Promise<void>,
  onUnexpected: (where: string, thrown: unknown) => void,
  every = lookEvery,
): () => Promise<void> {
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= mailer
      .deliverDue()
      .then(alsoLook)
      .catch((thrown: unknown) => {
        onUnexpected('mail queue', thrown);
      })
      .finally(() => {
        looking = null;
      });
  }, every);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
    await mailer.settled();
  };
}
