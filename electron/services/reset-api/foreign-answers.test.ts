import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { about, api, ask, endServersAfterEach, json, serve } from './serve-for-test.ts';

endServersAfterEach();

describe('an answer that does not come from the backend', () => {
  const page = (status: number, headers: Record<string, string> = {}) =>
    serve((request, response) => {
      request.resume();
      response
        .writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers })
        .end('<html>proxy</html>');
    });
  const upload = () => ({ bytes: { content: Readable.from([Buffer.alloc(1024)]), length: 1024 } });
  /** One call of each kind: a read, a change, an upload, a stream of events and a download. */
  const calls: readonly [string, (base: string) => Promise<unknown>][] = [
    ['a read', (base) => api().call(base, endpoints.listCases, { query: { whose: 'all' } })],
    [
      'a change',
      (base) =>
        api().call(base, endpoints.recordReveal, { params: { resetId: 'r' }, body: { way: 'shown' } }),
    ],
    [
      'an upload',
      (base) => api().call(base, endpoints.uploadImport, { params: { importId: 'i' } }, upload()),
    ],
    [
      'live events',
      (base) =>
        api().openEventStream(base, endpoints.followLive, {}, { signal: new AbortController().signal }),
    ],
    [
      'a download',
      (base) =>
        api().download(
          base,
          endpoints.getEvidencePack,
          { params: { caseId: 'c' }, query: { format: 'pdf' } },
          {},
        ),
    ],
  ];
  const codes: readonly [number, string][] = [
    [200, 'proxy.web-page'],
    [401, 'proxy.refused'],
    [403, 'proxy.refused'],
    [404, 'proxy.refused'],
    [407, 'proxy.refused'],
    [413, 'proxy.too-large'],
    [429, 'request.rate-limited'],
    [500, 'server.failed'],
    [502, 'proxy.no-server'],
    [503, 'proxy.no-server'],
    [504, 'proxy.timeout'],
    [511, 'proxy.web-page'],
    [301, 'server.redirected'],
    [302, 'server.redirected'],
    [307, 'server.redirected'],
    [399, 'server.redirected'],
  ];
  it.each(
    codes.flatMap(([status, code]) => calls.map(([kind, call]) => [status, kind, code, call] as const)),
  )('is named by its status %i in %s: %s', async (status, _kind, code, call) => {
    await expect(call(await page(status, { Location: '/elsewhere' }))).rejects.toThrow(code);
  });

  it.each([
    [403, 'proxy.refused'],
    [404, 'server.not-reset-desk'],
    [502, 'proxy.no-server'],
    [500, 'server.failed'],
  ])('is named by its status %i at the choice of a server: %s', async (status, code) => {
    await expect(ask(await page(status))).rejects.toThrow(code);
  });

  it.each([0, -5])('is no server of version %i of the API', async (version) => {
    await expect(ask(await serve(json({ ...about, api: version })))).rejects.toThrow('server.not-reset-desk');
  });
});
