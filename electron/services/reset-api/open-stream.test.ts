import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { api, endServersAfterEach, serve } from './serve-for-test.ts';

endServersAfterEach();

describe('a stream of the Reset API', () => {
  /** Timers that the test runs; a cancelled one is removed. */
  function manualTimers() {
    const pending = new Map<() => void, number>();
    const setTimer = (milliseconds: number, work: () => void) => {
      const timer = () => {
        pending.delete(timer);
        work();
      };
      pending.set(timer, milliseconds);
      return () => void pending.delete(timer);
    };
    const runAll = () => {
      for (const timer of pending.keys()) timer();
    };
    return { pending, setTimer, runAll };
  }
  const openStream = (base: string, timers: ReturnType<typeof manualTimers>, signal: AbortSignal) =>
    api(() => undefined, timers.setTimer).openEventStream(base, endpoints.followLive, {}, { signal });

  it('fails if the response does not start', async () => {
    const timers = manualTimers();
    let asked = 0;
    const base = await serve(() => {
      asked += 1;
    });
    const opened = openStream(base, timers, new AbortController().signal);
    await expect.poll(() => asked).toBe(1);
    expect([...timers.pending.values()]).toEqual([20_000]);
    timers.runAll();
    await expect(opened).rejects.toThrow('server.timeout');
  });

  it('fails if no heartbeat arrives in time', async () => {
    const timers = manualTimers();
    let beat: () => void = () => undefined;
    const base = await serve((_request, response) => {
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      beat = () => response.write(': still here\n\n');
      beat();
    });
    const stream = await openStream(base, timers, new AbortController().signal);
    const failed = new Promise((resolve) => stream.once('error', resolve));
    let chunks = 0;
    stream.on('data', () => (chunks += 1));
    await expect.poll(() => chunks).toBe(1);
    const [first] = timers.pending.keys();
    beat();
    await expect.poll(() => chunks).toBe(2);
    expect([...timers.pending.values()]).toEqual([35_000]);
    expect(timers.pending.has(first ?? (() => undefined))).toBe(false);
    timers.runAll();
    expect(await failed).toMatchObject({ code: 'server.timeout' });
  });

  it('fails if an error answer is never complete', async () => {
    const timers = manualTimers();
    let isSent = false;
    const base = await serve((_request, response) =>
      response.writeHead(503).write('<html>', () => (isSent = true)),
    );
    const opened = openStream(base, timers, new AbortController().signal);
    await expect.poll(() => isSent).toBe(true);
    timers.runAll();
    await expect(opened).rejects.toThrow('server.timeout');
  });

  it.each([401, 503])('reads no more than the start of an error answer with status %i', async (status) => {
    const timers = manualTimers();
    let sent = 0;
    let isClosed = false;
    const base = await serve((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'application/problem+json' });
      const chunk = Buffer.alloc(16 * 1024, 'x');
      const send = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', send).on('close', () => (isClosed = true));
      send();
    });
    const opened = openStream(base, timers, new AbortController().signal);
    await expect(opened).rejects.toThrow(status === 401 ? 'proxy.refused' : 'proxy.no-server');
    await expect.poll(() => isClosed).toBe(true);
    // What the sockets of both sides hold comes on top of what is read.
    expect(sent).toBeLessThan(16 * 1024 * 1024);
    expect(timers.pending.size).toBe(0);
  });

  it('is refused if the answer is a web page', async () => {
    const timers = manualTimers();
    let isClosed = false;
    const base = await serve((_request, response) => {
      response.on('close', () => (isClosed = true));
      response.writeHead(200, { 'Content-Type': 'text/html' }).write('<html>');
    });
    const opened = openStream(base, timers, new AbortController().signal);
    await expect(opened).rejects.toMatchObject({
      failure: { code: 'proxy.web-page', detail: 'text/html' },
    });
    await expect.poll(() => isClosed).toBe(true);
    expect(timers.pending.size).toBe(0);
  });

  it('ends with its connection, as an unreachable server', async () => {
    const timers = manualTimers();
    let cut: () => void = () => undefined;
    const base = await serve((request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': listening\n\n');
      cut = () => request.socket.destroy();
    });
    const stream = await openStream(base, timers, new AbortController().signal);
    const failed = new Promise((resolve) => stream.once('error', resolve));
    stream.resume();
    cut();
    expect(await failed).toMatchObject({ code: 'server.unreachable' });
    expect(timers.pending.size).toBe(0);
  });

  it('ends when the caller aborts it', async () => {
    const timers = manualTimers();
    const abort = new AbortController();
    const base = await serve((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': listening\n\n'),
    );
    const stream = await openStream(base, timers, abort.signal);
    const closed = new Promise<void>((resolve) => stream.on('error', () => undefined).once('close', resolve));
    abort.abort();
    await closed;
    expect(timers.pending.size).toBe(0);
  });
});
