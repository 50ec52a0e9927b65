import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { createLiveStream } from './live-stream.ts';

const log = { info: () => undefined, warn: () => undefined, unexpected: () => 'none' };

function follow(open: (streams: PassThrough[]) => PassThrough) {
  const streams: PassThrough[] = [];
  const events: unknown[] = [];
  const retries: { milliseconds: number; run: () => void }[] = [];
  let opened = 0;
  const live = createLiveStream({
    open: async () => {
      const stream = open(streams);
      streams.push(stream);
      return stream;
    },
    schema: z.strictObject({ id: z.int() }),
    onEvent: (event) => events.push(event),
    onOpen: () => (opened += 1),
    log,
    setTimer: (milliseconds, run) => {
      retries.push({ milliseconds, run });
      return () => undefined;
    },
  });
  live.start();
  return { live, streams, events, retries, opened: () => opened };
}

it('reads events however they are cut into chunks, and skips comments and events that it does not know', async () => {
  const { streams, events } = follow(() => new PassThrough());
  await expect.poll(() => streams.length).toBe(1);
  for (const chunk of [
    ': listening\n\nda',
    'ta: {"id":1}\n',
    '\n: still here\n\ndata: {\ndata: "id":2}\n\n',
    'data: {"id":"of a newer backend"}\n\n',
    'data: {"id":3}\r\n\r\ndata: {"id":4}',
  ]) {
    streams[0]?.write(chunk);
  }
  await expect.poll(() => events).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});

it('reconnects after a break, and announces each connection so that missed events can be read', async () => {
  const { streams, retries, opened, events } = follow(() => new PassThrough());
  await expect.poll(() => streams.length).toBe(1);
  streams[0]?.end('data: not JSON\n\n');
  await expect.poll(() => retries.length).toBe(1);
  expect(retries[0]?.milliseconds).toBe(250);
  retries[0]?.run();
  await expect.poll(() => opened()).toBe(2);
  streams[1]?.write('data: {"id":1}\n\n');
  await expect.poll(() => events).toEqual([{ id: 1 }]);
});

it('stops, and can be started again, once the session has ended', async () => {
  let hasEnded = true;
  const { live, streams, retries } = follow(() => {
    if (hasEnded) throw new ConsoleFailure('session.expired');
    return new PassThrough();
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([streams.length, retries.length]).toEqual([0, 0]);
  hasEnded = false;
  live.start();
  await expect.poll(() => streams.length).toBe(1);
});
