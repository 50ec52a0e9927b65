import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { every } from './every.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const reported: [string, unknown][] = [];
const options = {
  name: 'work',
  onUnexpected: (name: string, thrown: unknown) => reported.push([name, thrown]),
};
/** Work that takes `milliseconds`, with the instants at which its runs started and ended. */
const workOf = (milliseconds: number) => {
  const from = Date.now();
  const started: number[] = [];
  const ended: number[] = [];
  const work = async () => {
    started.push(Date.now() - from);
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    ended.push(Date.now() - from);
  };
  return { started, ended, work };
};

it.each([
  ['at once', 0, [100, 200, 300, 400]],
  ['within the interval', 60, [100, 200, 300, 400]],
  ['in one interval and a half', 150, [100, 300]],
])('starts work that ends %s at whole intervals without overlap', async (_takes, takes, expected) => {
  const { started, work } = workOf(takes);
  const stop = every(100, work, options);
  await vi.advanceTimersByTimeAsync(499);
  expect(started).toEqual(expected);
  await Promise.all([stop(), vi.advanceTimersByTimeAsync(takes)]);
});

it.each([
  [0, [100, 250]],
  [0.5, [150, 350]],
  [0.99, [199, 448]],
])('starts jittered work one to two intervals after the last run ended: %f', async (chance, expected) => {
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  const { started, work } = workOf(50);
  const stop = every(100, work, { ...options, jitter: true });
  await vi.advanceTimersByTimeAsync(expected.at(-1) ?? 0);
  expect(started).toEqual(expected);
  await Promise.all([stop(), vi.advanceTimersByTimeAsync(50)]);
});

it('continues after a run that fails, which it reports under its name', async () => {
  const failure = new Error('no such luck');
  const { started, work } = workOf(0);
  const stop = every(
    100,
    async () => {
      await work();
      if (started.length === 1) throw failure;
      if (started.length === 2) throw new TypeError('again');
    },
    options,
  );
  await vi.advanceTimersByTimeAsync(300);
  await stop();
  expect(reported.splice(0)).toEqual([
    ['work', failure],
    ['work', new TypeError('again')],
  ]);
  expect(started).toEqual([100, 200, 300]);
});

it('reports work that throws before it returns a promise', async () => {
  const failure = new Error('at once');
  const stop = every(
    100,
    () => {
      throw failure;
    },
    options,
  );
  await vi.advanceTimersByTimeAsync(200);
  await stop();
  expect(reported.splice(0)).toEqual([
    ['work', failure],
    ['work', failure],
  ]);
});

it('waits for the last run when it is stopped', async () => {
  const { started, ended, work } = workOf(30);
  const stop = every(100, work, options);
  await vi.advanceTimersByTimeAsync(110);
  const endedAtStop = stop().then(() => [...ended]);
  expect(ended).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await endedAtStop).toEqual([130]);
  expect(started).toEqual([100]);
});

it('starts nothing when it is stopped before its first run', async () => {
  const { started, work } = workOf(0);
  await every(100, work, options)();
  await vi.advanceTimersByTimeAsync(1000);
  expect(started).toEqual([]);
});
