import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deliverRegularly } from '../../messaging/mail/deliver-regularly.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import { tellRegularly } from '../../casework/required-resets/tell-regularly.ts';
import { answerRegularly } from '../../self-service/forgot-password/answer-regularly.ts';

// Tests look more often than any backend in use; what that one does is held to here.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const unexpected = (where: string, thrown: unknown) => {
  throw new Error(where, { cause: thrown });
};
/** How many looks there were after each of these milliseconds. */
const looksAfter = async (start: (look: () => Promise<void>) => () => Promise<void>, ...times: number[]) => {
  const from = Date.now();
  let looks = 0;
  const stop = start(() => {
    looks += 1;
    return Promise.resolve();
  });
  const seen: number[] = [];
  for (const time of times) {
    await vi.advanceTimersByTimeAsync(from + time - Date.now());
    seen.push(looks);
  }
  await stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toBe(seen.at(-1));
  return seen;
};

it('the mail queue is looked at once a second, until it is stopped', async () => {
  const start = (look: () => Promise<void>) => {
    const mailer = { deliverDue: look, settled: () => Promise.resolve() } as unknown as Mailer;
    return deliverRegularly(mailer, () => Promise.resolve(), unexpected);
  };
  expect(await looksAfter(start, 999, 1000, 1999, 2000)).toEqual([0, 1, 1, 2]);
});

it('users of required resets are told once a second, until it is stopped', async () => {
  const start = (look: () => Promise<void>) => tellRegularly({ tellDue: look }, unexpected);
  expect(await looksAfter(start, 999, 1000, 1999, 2000)).toEqual([0, 1, 1, 2]);
});

it.each([
  [500, 0],
  [750, 0.5],
  [998, 0.996],
])('requests for links are answered after 500 to 1000 ms, by chance: %i', async (after, chance) => {
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  const start = (look: () => Promise<void>) => answerRegularly({ answerDue: look }, unexpected);
  expect(await looksAfter(start, after - 1, after, 2 * after - 1, 2 * after)).toEqual([0, 1, 1, 2]);
});
