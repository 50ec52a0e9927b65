import { expect, it } from 'vitest';
import { createShortMemory } from './short-memory.ts';

function startMemory() {
  const state = { at: 0, reads: 0, fails: false };
  const memory = createShortMemory<number>(60_000, () => state.at);
  const ask = (name = 'policy') =>
    memory.of(name, async () => {
      state.reads += 1;
      if (state.fails) throw new Error('No answer');
      return state.reads;
    });
  return { state, ask };
}

it('reads a value once within its time, for all who ask at once', async () => {
  const { state, ask } = startMemory();
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  state.at = 59_999;
  expect(await ask()).toBe(1);
  expect(await ask('another')).toBe(2);
  state.at = 60_000;
  expect(await ask()).toBe(3);
});

it('reads again after a failed read', async () => {
  const { state, ask } = startMemory();
  state.fails = true;
  await expect(ask()).rejects.toThrow('No answer');
  state.fails = false;
  expect(await ask()).toBe(2);
});
