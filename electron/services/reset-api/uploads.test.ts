import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { loadHttp } from './load-http.ts';
import { setTimer as setRealTimer } from '../timers/timers.ts';
import { createResetApi } from './reset-api.ts';
import { api, endServersAfterEach, json, log, serve } from './serve-for-test.ts';

endServersAfterEach();

describe('an upload', () => {
  const sendFile = (
    base: string,
    content: Readable,
    length: number,
    { setTimer = setRealTimer, idleMs = 60_000, signal = new AbortController().signal } = {},
  ) =>
    api(() => undefined, setTimer).call(
      base,
      endpoints.uploadImport,
      { params: { importId: 'i' } },
      { bytes: { content, length }, upload: { idleMs, answerMs: 70_000 }, signal },
    );

  it('fails when the server stops reading it', async () => {
    const base = await serve((request) => request.pause());
    const endless = Readable.from(
      (function* chunks() {
        for (;;) yield Buffer.alloc(64 * 1024);
      })(),
    );
    await expect(sendFile(base, endless, 2 ** 40, { idleMs: 200 })).rejects.toThrow('server.timeout');
    expect(endless.destroyed).toBe(true);
  });

  it('has time for the answer once all of it was sent', async () => {
    const timers: number[] = [];
    const setTimer = (milliseconds: number, work: () => void) => {
      timers.push(milliseconds);
      return setRealTimer(milliseconds, work);
    };
    const base = await serve((request, response) => {
      request.resume();
      request.on('end', () => json({}, 504)(request, response));
    });
    const content = Readable.from([Buffer.alloc(10), Buffer.alloc(10)]);
    await expect(sendFile(base, content, 20, { setTimer })).rejects.toThrow('proxy.timeout');
    expect(timers).toEqual([60_000, 60_000, 60_000, 70_000]);
  });

  it.each<[string, () => Readable]>([
    ['cannot be read to its end', () => Readable.from(breaksOff())],
    ['is shorter than was announced', () => Readable.from([Buffer.alloc(10)])],
  ])('reports a file that %s as unreadable, not the server', async (_what, content) => {
    let silent = 0;
    const base = await serve((request) => request.resume());
    const client = createResetApi({
      loadHttp: () => loadHttp(() => undefined),
      userAgent: 'Reset Desk/test',
      log,
      setTimer: setRealTimer,
      onNoAnswer: () => (silent += 1),
    });
    const call = client.call(
      base,
      endpoints.uploadImport,
      { params: { importId: 'i' } },
      { bytes: { content: content(), length: 1000 }, upload: { idleMs: 60_000, answerMs: 60_000 } },
    );
    await expect(call).rejects.toThrow('file.unreadable');
    expect(silent).toBe(0);
  });

  it('closes the file when the caller aborts it', async () => {
    const abort = new AbortController();
    const base = await serve(() => abort.abort());
    const content = new Readable({ read: () => undefined });
    content.push(Buffer.alloc(10));
    await expect(sendFile(base, content, 1000, { signal: abort.signal })).rejects.toThrow('server.timeout');
    expect(content.destroyed).toBe(true);
  });

  async function* breaksOff() {
    yield await Promise.resolve(Buffer.alloc(10));
    throw Object.assign(new Error('read error'), { code: 'EIO' });
  }
});
