import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLockedWatch } from './locked-watch.ts';

const log = { info: () => undefined, warn: () => undefined, unexpected: () => undefined } as never;

function startWatch() {
  const streams: PassThrough[] = [];
  const titles: string[] = [];
  const counts: number[] = [];
  const retries: (() => void)[] = [];
  const watch = createLockedWatch({
    open: async (signal) => {
      const stream = new PassThrough({ signal });
      streams.push(stream);
      return stream;
    },
    notify: ({ title }) => titles.push(title),
    onWaiting: (waiting) => counts.push(waiting),
    log,
    now: () => 0,
    setTimer: (_milliseconds, work) => {
      retries.push(work);
      return () => undefined;
    },
  });
  const send = async (happened: string | null, waiting: number) => {
    const before = counts.length;
    streams.at(-1)?.write(`data: ${JSON.stringify({ happened, waiting })}\n\n`);
    await expect.poll(() => counts.length).toBe(before + 1);
  };
  return { watch, send, streams, titles, counts, retries };
}

it('notifies only of requests that arrive while locked', async () => {
  const { watch, send, streams, titles, counts } = startWatch();
  watch.start();
  await expect.poll(() => streams.length).toBe(1);
  await send(null, 1);
  expect(titles).toEqual([]);
  await send('approval-asked', 2);
  expect(titles).toEqual(['An approval is waiting']);
  watch.stop();
  expect(counts).toEqual([1, 2, 0]);
});

it('notifies of requests that were made while it was disconnected', async () => {
  const { watch, send, streams, titles, retries } = startWatch();
  watch.start();
  await expect.poll(() => streams.length).toBe(1);
  await send(null, 0);
  streams[0]?.end();
  await expect.poll(() => retries.length).toBe(1);
  retries[0]?.();
  await expect.poll(() => streams.length).toBe(2);
  await send(null, 1);
  expect(titles).toEqual(['An approval is waiting']);
  watch.stop();
});

it('tells the page and the badge a few numbers a second', async () => {
  const streams: PassThrough[] = [];
  const counts: number[] = [];
  const timers: { milliseconds: number; work: () => void }[] = [];
  const watch = createLockedWatch({
    open: async () => {
      const stream = new PassThrough();
      streams.push(stream);
      return stream;
    },
    notify: () => undefined,
    onWaiting: (waiting) => counts.push(waiting),
    log,
    now: () => 0,
    setTimer: (milliseconds, work) => {
      timers.push({ milliseconds, work });
      return () => undefined;
    },
  });
  watch.start();
  await expect.poll(() => streams.length).toBe(1);
  const flood = Array.from(
    { length: 400 },
    (_none, at) => `data: {"happened":"approval-asked","waiting":${at}}\n\n`,
  );
  streams[0]?.write(flood.join(''));
  await expect.poll(() => timers.length).toBe(1);
  expect(counts).toEqual([0, 1, 2, 3, 4]);
  timers[0]?.work();
  expect(counts).toEqual([0, 1, 2, 3, 4, 399]);
});
