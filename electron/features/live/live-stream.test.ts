import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { createLiveStream } from './live-stream.ts';

function follow(open: (streams: PassThrough[]) => PassThrough) {
  const streams: PassThrough[] = [];
  const events: unknown[] = [];
  const retries: { milliseconds: number; run: () => void }[] = [];
  const lines: unknown[] = [];
  const clock = { at: 0 };
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
    log: {
      info: (_message, facts) => lines.push(facts),
      warn: () => undefined,
      unexpected: () => 'none',
    },
    now: () => clock.at,
    random: () => 0.5,
    setTimer: (milliseconds, run) => {
      retries.push({ milliseconds, run });
      return () => undefined;
    },
  });
  live.start();
  return { live, streams, events, retries, lines, clock, opened: () => opened };
}

it('reads the known events in whatever chunks they arrive', async () => {
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

it('announces each new connection after a break', async () => {
  const { streams, retries, opened, events } = follow(() => new PassThrough());
  await expect.poll(() => streams.length).toBe(1);
  streams[0]?.end('data: not JSON\n\n');
  await expect.poll(() => retries.length).toBe(1);
  expect(retries[0]?.milliseconds).toBe(1000);
  retries[0]?.run();
  await expect.poll(() => opened()).toBe(2);
  streams[1]?.write('data: {"id":1}\n\n');
  await expect.poll(() => events).toEqual([{ id: 1 }]);
});

/** Runs the last retry and waits for its stream. */
async function reconnect({ streams, retries }: ReturnType<typeof follow>): Promise<PassThrough> {
  const before = streams.length;
  retries.at(-1)?.run();
  await expect.poll(() => streams.length).toBe(before + 1);
  return streams.at(-1) as PassThrough;
}

it.each([
  ['ends at once', (stream: PassThrough) => stream.end()],
  ['sends an event and ends', (stream: PassThrough) => stream.end('data: {"id":1}\n\n')],
  ['sends something that is not JSON', (stream: PassThrough) => stream.write('data: <html>\n\n')],
  ['breaks', (stream: PassThrough) => stream.destroy(new Error('reset by peer'))],
])('waits longer after each stream that %s', async (_how, fail) => {
  const followed = follow(() => new PassThrough());
  await expect.poll(() => followed.streams.length).toBe(1);
  let [stream] = followed.streams;
  for (let failures = 1; failures <= 8; failures += 1) {
    fail(stream as PassThrough);
    await expect.poll(() => followed.retries.length).toBe(failures);
    stream = await reconnect(followed);
  }
  const delays = followed.retries.map(({ milliseconds }) => milliseconds);
  expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 24_000, 24_000, 24_000]);
});

it('waits the shortest time again after a stream that was open for 30 seconds', async () => {
  const followed = follow(() => new PassThrough());
  await expect.poll(() => followed.streams.length).toBe(1);
  followed.streams[0]?.end();
  await expect.poll(() => followed.retries.length).toBe(1);
  const second = await reconnect(followed);
  followed.clock.at += 30_000;
  second.destroy(new Error('reset by peer'));
  await expect.poll(() => followed.retries.length).toBe(2);
  expect(followed.retries[1]?.milliseconds).toBe(1000);
});

it.each([
  ['one line', 'data: ', 'x'],
  ['many lines', '', `data: ${'x'.repeat(57)}\n`],
])('ends a stream with an event of more than 256 kB in %s', async (_what, start, part) => {
  const { streams, retries, lines, events } = follow(() => new PassThrough());
  await expect.poll(() => streams.length).toBe(1);
  const [stream] = streams;
  stream?.write(start);
  for (let sent = 0; sent < 3 * 256 * 1024; sent += 64 * 1024) {
    stream?.write(part.repeat((64 * 1024) / part.length));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => retries.length).toBe(1);
  expect(stream?.destroyed).toBe(true);
  expect(lines).toEqual([{ code: 'server.answer-invalid', detail: 'event too long' }]);
  expect(events).toEqual([]);
});

it('can be started again once the session has ended', async () => {
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

it.each([
  ['events', `data: {"id":1}\n\n`.repeat(600)],
  ['comments', `: nothing\n`.repeat(120_000)],
])('reads no more of a stream that floods it with %s before the second ends', async (_what, flood) => {
  const { streams, events, retries, clock } = follow(
    () => new PassThrough({ highWaterMark: 16 * 1024 * 1024 }),
  );
  await expect.poll(() => streams.length).toBe(1);
  clock.at = 300;
  streams[0]?.write(flood);
  await expect.poll(() => retries).toMatchObject([{ milliseconds: 700 }]);
  const before = events.length;
  streams[0]?.write('data: {"id":2}\n\n');
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toHaveLength(before);
  clock.at = 1000;
  retries[0]?.run();
  await expect.poll(() => events.at(-1)).toEqual({ id: 2 });
});

it('stops at once while it waits for the end of a second', async () => {
  const { live, streams, retries } = follow(() => new PassThrough());
  await expect.poll(() => streams.length).toBe(1);
  streams[0]?.write(`data: {"id":1}\n\n`.repeat(600));
  await expect.poll(() => retries.length).toBe(1);
  live.stop();
  await expect.poll(() => streams[0]?.destroyed).toBe(true);
});
