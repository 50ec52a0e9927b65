import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds; longer than a refusal takes on an idle server. */
const stepMs = 250;

/**
 * Delays a refusal to the next multiple of 250 ms since `startedAt` (of `performance.now()`), so that the response time does not reveal whether the
 * name, the password or a lock was the reason. It also slows down guessing.
 */
export async function equalizeTiming(startedAt: number): Promise<void> {
  const elapsed = performance.now() - startedAt;
  await wait(Math.ceil((elapsed + 1) / stepMs) * stepMs - elapsed);
}
