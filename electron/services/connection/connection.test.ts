import { expect, it } from 'vitest';
import type { ResetApi } from '../reset-api/reset-api.ts';
import { createConnection } from './connection.ts';

/** A server whose answers are given by hand, and a clock that is set by hand. */
function createTestConnection() {
  const clock = { at: 0 };
  const answers: { readonly resolve: (about: { readonly time: string }) => void }[] = [];
  const states: string[] = [];
  let poll: () => void = () => undefined;
  const { check } = createConnection({
    api: {
      call: () => new Promise((resolve) => answers.push({ resolve })),
    } as unknown as ResetApi,
    baseUrl: async () => 'https://desk.example.com',
    onChange: ({ state }) => states.push(state),
    now: () => clock.at,
    every: (_milliseconds, work) => {
      poll = work;
    },
  });
  const answer = (index: number) => answers[index]?.resolve({ time: new Date(clock.at).toISOString() });
  return { clock, answers, states, check, answer, poll: () => poll() };
}

it('shares one call among checks at the same time', async () => {
  const { answers, states, check, answer } = createTestConnection();
  const checks = [check(), check()];
  await expect.poll(() => answers.length).toBe(1);
  answer(0);
  await Promise.all(checks);
  expect(states).toEqual(['connected']);
});

it('reports the server as offline when a check never ends', async () => {
  const { clock, answers, states, poll, answer } = createTestConnection();
  poll();
  await expect.poll(() => answers.length).toBe(1);
  clock.at = 20_000;
  poll();
  clock.at = 40_000;
  poll();
  await expect.poll(() => answers.length).toBe(2);
  expect(states).toEqual(['offline']);
  answer(1);
  await expect.poll(() => states).toEqual(['offline', 'connected']);
});

it('ignores the answer of a check that was given up', async () => {
  const { clock, answers, states, poll, check, answer } = createTestConnection();
  const first = check();
  await expect.poll(() => answers.length).toBe(1);
  clock.at = 40_000;
  poll();
  await expect.poll(() => answers.length).toBe(2);
  answer(0);
  await first;
  expect(states).toEqual(['offline']);
});
