import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLockedWatch } from './locked-watch.ts';

const log = { info: () => undefined, warn: () => undefined, unexpected: () => undefined } as never;

function watching() {
  const streams: PassThrough[] = [];
  const told: string[] = [];
  const counts: number[] = [];
  const again: (() => void)[] = [];
  const watch = createLockedWatch({
    open: async (signal) => {
      const stream = new PassThrough({ signal });
      streams.push(stream);
      return stream;
    },
    notify: ({ title }) => told.push(title),
    onWaiting: (waiting) => counts.push(waiting),
    log,
    setTimer: (_milliseconds, work) => {
      again.push(work);
      return () => undefined;
    },
  });
  const say = async (happened: string | null, waiting: number) => {
    const seen = counts.length;
    streams.at(-1)?.write(`data: ${JSON.stringify({ happened, waiting })}\n\n`);
    await expect.poll(() => counts.length).toBe(seen + 1);
  };
  return { watch, say, streams, told, counts, again };
}

it('tells of what is asked while locked, and not of what waited before', async () => {
  const { watch, say, streams, told, counts } = watching();
  watch.start();
  await expect.poll(() => streams.length).toBe(1);
  await say(null, 1);
  expect(told).toEqual([]);
  await say('approval-asked', 2);
  expect(told).toEqual(['An approval is waiting']);
  watch.stop();
  expect(counts).toEqual([1, 2, 0]);
});

it('tells of what was asked while it could not listen', async () => {
  const { watch, say, streams, told, again } = watching();
  watch.start();
  await expect.poll(() => streams.length).toBe(1);
  await say(null, 0);
  streams[0]?.end();
  await expect.poll(() => again.length).toBe(1);
  again[0]?.();
  await expect.poll(() => streams.length).toBe(2);
  await say(null, 1);
  expect(told).toEqual(['An approval is waiting']);
  watch.stop();
});
