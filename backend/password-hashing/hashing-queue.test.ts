import { expect, it } from 'vitest';
import { createHashingQueue, HashingBusy, type PasswordHashing } from './hashing-queue.ts';

/** Hashing that ends when the test says so. */
function slowHashing() {
  const ends: (() => void)[] = [];
  const state = { running: 0, most: 0 };
  const work = async <T>(answer: T): Promise<T> => {
    state.running += 1;
    state.most = Math.max(state.most, state.running);
    await new Promise<void>((end) => {
      ends.push(end);
    });
    state.running -= 1;
    return answer;
  };
  const hashing: PasswordHashing = { hash: () => work('hash'), verify: () => work(true) };
  return { hashing, ends, state };
}

it('hashes two passwords at once, lets three wait, and sends the next away', async () => {
  const { hashing, ends, state } = slowHashing();
  const queue = createHashingQueue({ atOnce: 2, mostWaiting: 3 }, hashing);
  const taken = [1, 2, 3, 4, 5].map((at) => (at % 2 === 0 ? queue.verify('', '') : queue.hash('')));
  await expect(queue.hash('')).rejects.toBeInstanceOf(HashingBusy);
  while (taken.length > 0) {
    ends.shift()?.();
    await taken.shift();
  }
  expect(state).toEqual({ running: 0, most: 2 });
});

it('goes on after a hash that failed', async () => {
  const failing: PasswordHashing = {
    hash: () => Promise.reject(new Error('no memory')),
    verify: () => Promise.resolve(true),
  };
  const queue = createHashingQueue({ atOnce: 1, mostWaiting: 1 }, failing);
  await expect(queue.hash('')).rejects.toThrow('no memory');
  expect(await queue.verify('', '')).toBe(true);
});
