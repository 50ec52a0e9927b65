import { expect, it } from 'vitest';
import {
  createHashingQueue,
  maxConcurrentHashes,
  HashingBusy,
  type PasswordHashing,
} from './hashing-queue.ts';

/** Hashing that ends when the test decides. */
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

it('limits the passwords that are hashed or queued at once', async () => {
  const { hashing, ends, state } = slowHashing();
  const queue = createHashingQueue({ maxConcurrent: 2 }, hashing).lane(3);
  const taken = [1, 2, 3, 4, 5].map((at) => (at % 2 === 0 ? queue.verify('', '') : queue.hash('')));
  await expect(queue.hash('')).rejects.toBeInstanceOf(HashingBusy);
  while (taken.length > 0) {
    ends.shift()?.();
    await taken.shift();
  }
  expect(state).toEqual({ running: 0, most: 2 });
});

it('continues after a hash that failed', async () => {
  const failing: PasswordHashing = {
    hash: () => Promise.reject(new Error('no memory')),
    verify: () => Promise.resolve(true),
  };
  const queue = createHashingQueue({ maxConcurrent: 1 }, failing).lane(1);
  await expect(queue.hash('')).rejects.toThrow('no memory');
  expect(await queue.verify('', '')).toBe(true);
});

it('serves the desk in turn with many sign-ins on the pages, whose queue has its own limit', async () => {
  const { hashing, ends, state } = slowHashing();
  const queue = createHashingQueue({ maxConcurrent: 2 }, hashing);
  const [pages, desk] = [queue.lane(50), queue.lane(50)];
  const done: string[] = [];
  const crowd = Array.from({ length: 52 }, (_, at) => pages.hash('').then(() => done.push(`page ${at}`)));
  await expect(pages.hash('')).rejects.toBeInstanceOf(HashingBusy);
  const operators = [0, 1].map((at) => desk.hash('').then(() => done.push(`desk ${at}`)));
  const all = Promise.all([...crowd, ...operators]);
  while (done.length < 54) {
    ends.shift()?.();
    await Promise.resolve();
  }
  await all;
  // After the two that were running, each lane has one turn.
  expect(done.slice(0, 6)).toEqual(['page 0', 'page 1', 'page 2', 'desk 0', 'page 3', 'desk 1']);
  expect(state).toEqual({ running: 0, most: 2 });
});

it('hashes on every core without taking the last thread of the pool', () => {
  expect([1, 2, 3, 4, 64].map(maxConcurrentHashes)).toEqual([2, 2, 3, 3, 3]);
});
