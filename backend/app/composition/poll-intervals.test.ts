import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startPolling } from './polling.ts';

// Other tests poll more often than the product does; this one uses the product's own intervals.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const unexpected = (name: string, thrown: unknown) => {
  throw new Error(name, { cause: thrown });
};
const idle = () => Promise.resolve();

/** Counts the runs of one kind of work after each of these milliseconds; expects none after the stop. */
async function pollsAfter(name: Parameters<typeof pollsOf>[0], ...times: number[]): Promise<number[]> {
  const from = Date.now();
  const { polls, stop } = pollsOf(name);
  const seen: number[] = [];
  for (const time of times) {
    await vi.advanceTimersByTimeAsync(from + time - Date.now());
    seen.push(polls());
  }
  await stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(polls()).toBe(seen.at(-1));
  return seen;
}
function pollsOf(name: keyof Parameters<typeof startPolling>[0]) {
  let count = 0;
  const work = {
    mailQueue: idle,
    linkRequests: idle,
    requiredResets: idle,
    directoryFeeds: idle,
    directoryTasks: idle,
    directoryOperators: idle,
    fileFeeds: idle,
    searchWarmUp: idle,
    sweep: idle,
  };
  const counted = () => {
    count += 1;
    return Promise.resolve();
  };
  return { polls: () => count, stop: startPolling({ ...work, [name]: counted }, unexpected) };
}

it('polls the mail queue once a second, until it is stopped', async () => {
  expect(await pollsAfter('mailQueue', 999, 1000, 1999, 2000)).toEqual([0, 1, 1, 2]);
});

it('polls for users to tell of a required reset once a second, until it is stopped', async () => {
  expect(await pollsAfter('requiredResets', 999, 1000, 1999, 2000)).toEqual([0, 1, 1, 2]);
});

it.each(['directoryFeeds', 'directoryTasks'] as const)('polls for %s once a second', async (name) => {
  expect(await pollsAfter(name, 999, 1000, 1999, 2000)).toEqual([0, 1, 1, 2]);
});

it('polls for roles that operators lost in their directory every ten seconds', async () => {
  expect(await pollsAfter('directoryOperators', 9999, 10_000, 19_999, 20_000)).toEqual([0, 1, 1, 2]);
});

it('sweeps every five seconds, until it is stopped', async () => {
  expect(await pollsAfter('sweep', 4999, 5000, 9999, 10_000)).toEqual([0, 1, 1, 2]);
});

it.each([
  [500, 0],
  [750, 0.5],
  [998, 0.996],
])('answers requests for links after a random 500 to 1000 ms: %i', async (after, chance) => {
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  expect(await pollsAfter('linkRequests', after - 1, after, 2 * after - 1, 2 * after)).toEqual([0, 1, 1, 2]);
});
