import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds; longer than a refusal takes on an idle server. */
const step = 250;

/**
 * Puts a refusal off to the next full step since `startedAt` (of `performance.now()`), so that its time does not say what was found out before: a
 * wrong name, a wrong password, a lock. It slows guesses as well.
 */
export async function equalizeTiming(startedAt: number): Promise<void> {
  const taken = performance.now() - startedAt;
  await wait(Math.ceil((taken + 1) / step) * step - taken);
}
