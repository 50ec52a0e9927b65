import type { RequestListener } from 'node:http';
import net from 'node:net';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { loadHttp } from './load-http.ts';
import { deviceHeader } from '../../../shared/api/endpoint.ts';
import { setTimer as setRealTimer } from '../timers/timers.ts';
import { createResetApi } from './reset-api.ts';
import {
  about,
  api,
  ask,
  endServersAfterEach,
  json,
  lines,
  listen,
  log,
  serve,
  servers,
} from './serve-for-test.ts';

endServersAfterEach();

describe('a call of the Reset API', () => {
  it('sends its parameters, token, idempotency key and body encoded', async () => {
    let seen: unknown;
    const base = await serve((request, response) => {
      void Readable.prototype.toArray.call(request).then((chunks: Buffer[]) => {
        const { authorization, 'idempotency-key': key, 'content-type': type } = request.headers;
        seen = [request.method, request.url, authorization, key, type, Buffer.concat(chunks).toString()];
        json({ at: '2026-03-01T08:00:00.000Z' })(request, response);
      });
    });
    const answer = await api().call(
      `${base}/desk`,
      endpoints.recordReveal,
      { params: { resetId: 'a/b ü?' }, body: { way: 'shown' } },
      { accessToken: new Secret('token-1'), idempotencyKey: 'key-1' },
    );
    expect(answer).toEqual({ at: '2026-03-01T08:00:00.000Z' });
    expect(seen).toEqual([
      'POST',
      '/desk/api/v1/resets/a%2Fb%20%C3%BC%3F/reveals',
      'Bearer token-1',
      'key-1',
      'application/json',
      '{"way":"shown"}',
    ]);
  });

  it('sends the id of this console only with a sign-in', async () => {
    const seen: unknown[] = [];
    const listener: RequestListener = (request, response) => {
      seen.push(request.headers[deviceHeader]);
      json(about)(request, response);
    };
    const [one, two] = [await serve(listener), await serve(listener)];
    const client = createResetApi({
      loadHttp: () => loadHttp(() => undefined),
      userAgent: 'Reset Desk/test',
      log,
      setTimer: setRealTimer,
      deviceId: (origin) => `id-for-${origin}`,
    });
    const body = { userName: 'ann', password: 'x' };
    for (const base of [one, two]) await client.call(base, endpoints.signIn, { body }).catch(() => undefined);
    await client.call(one, endpoints.getAbout, {});
    await client
      .call(
        one,
        endpoints.getDesk,
        { query: { dayStart: '2026-03-01T00:00:00.000Z' } },
        { accessToken: new Secret('t') },
      )
      .catch(() => undefined);
    expect(seen).toEqual([`id-for-${one}`, `id-for-${two}`, undefined, undefined]);
  });

  it('loads its client once, at the first call', async () => {
    const trusted: string[] = [];
    const loading = api(() => void trusted.push('asked'));
    expect(trusted).toEqual([]);
    const base = await serve(json(about));
    await loading.call(base, endpoints.getAbout, {});
    await loading.call(base, endpoints.getAbout, {});
    expect(trusted).toEqual(['asked']);
  });

  it.each(['..', '.', ''])('refuses %j as a parameter of a path', async (accountId) => {
    await expect(
      api().call('http://127.0.0.1:9', endpoints.getAccount, { params: { accountId } }),
    ).rejects.toThrow('request.not-found');
  });

  it('omits undefined query values', async () => {
    let asked = '';
    const base = await serve((request, response) => {
      asked = request.url ?? '';
      json({ cases: [], more: false })(request, response);
    });
    await api().call(base, endpoints.listCases, { query: { whose: 'all', before: undefined } });
    expect(asked).toBe('/api/v1/cases?whose=all');
  });

  it('streams a body with its length', async () => {
    let seen: unknown;
    const base = await serve((request, response) => {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.on('end', () => {
        seen = [bytes, request.headers['content-length']];
        json(
          { ...problemDocument('import.settled', 409) },
          409,
          'application/problem+json',
        )(request, response);
      });
    });
    const content = Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024)));
    const call = api().call(
      base,
      endpoints.uploadImport,
      { params: { importId: 'i' } },
      { bytes: { content, length: 4 * 1024 * 1024 }, timeout: 0 },
    );
    await expect(call).rejects.toThrow('import.settled');
    expect(seen).toEqual([4 * 1024 * 1024, String(4 * 1024 * 1024)]);
  });

  const problemDocument = (code: string, status: number) => ({
    type: 'about:blank',
    title: 'No',
    status,
    code,
  });

  it('throws a problem document with its details', async () => {
    const document = { ...problemDocument('session.credentials-wrong', 401), triesLeft: 3, reference: 'R' };
    const base = await serve(json(document, 401, 'application/problem+json; charset=utf-8'));
    const call = api().call(base, endpoints.signIn, { body: { userName: 'ann', password: 'x' } });
    await expect(call).rejects.toMatchObject({
      failure: { code: 'session.credentials-wrong', triesLeft: 3, reference: 'R' },
    });
  });

  it.each<[string, RequestListener, string]>([
    ['an HTML page', (_request, response) => response.end('<html>'), 'server.not-reset-desk'],
    ['other JSON', json({ hello: 1 }), 'server.not-reset-desk'],
    ['another 404', json({}, 404), 'server.not-reset-desk'],
    [
      'a redirect',
      (_request, response) => response.writeHead(302, { Location: '/x' }).end(),
      'server.redirected',
    ],
    ['a newer API', json({ ...about, api: 2 }), 'server.too-new'],
    ['only newer APIs', json({ ...about, api: 3, oldestApi: 2 }), 'server.too-new'],
    ['a gateway error', json({}, 502), 'proxy.no-server'],
    [
      'broken JSON',
      (_request, response) => response.setHeader('Content-Type', 'application/json').end('{'),
      'server.not-reset-desk',
    ],
    ['a closed connection', (request) => request.socket.destroy(), 'server.unreachable'],
  ])('recognizes %s', async (_what, listener, code) => {
    await expect(ask(await serve(listener))).rejects.toThrow(code);
  });

  it('reports a response that does not match the contract, without logging its content', async () => {
    const base = await serve(json({ temporaryPassword: 'Kestrel-42', reset: {} }));
    const call = api().call(
      base,
      endpoints.reset,
      { params: { caseId: 'c' }, body: { grantId: 'g', action: 'temporary-password' } },
      { idempotencyKey: 'k' },
    );
    await expect(call).rejects.toMatchObject({
      failure: { code: 'server.answer-invalid', reference: 'REF1-REF2' },
    });
    expect(lines.join()).toContain('reset');
    expect(lines.join()).not.toContain('Kestrel');
  });

  it('reports a timeout', async () => {
    await expect(ask(await serve(() => undefined), 30)).rejects.toThrow('server.timeout');
  });

  it('reports a timeout after the garbage collector has run', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    let answers = 0;
    const base = await serve(() => {
      answers += 1;
    });
    const call = ask(base, 300);
    await expect.poll(() => answers).toBe(1);
    collectGarbage();
    await expect(call).rejects.toThrow('server.timeout');
  });

  it('reports a timeout if the response stops halfway', async () => {
    const base = await serve((_request, response) => response.writeHead(200).write('{'));
    await expect(ask(base, 100)).rejects.toThrow('server.timeout');
  });

  it('reports an unreachable server, without password and token in failure or log', async () => {
    const base = await serve(json(about));
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const failure: unknown = await api()
      .call(
        base,
        endpoints.signIn,
        { body: { userName: 'ann', password: 'Kestrel-42' } },
        { accessToken: new Secret('token-Kestrel') },
      )
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ failure: { code: 'server.unreachable', detail: 'ECONNREFUSED' } });
    const { inspect } = await import('node:util');
    expect(inspect(failure, { depth: 9, showHidden: true }) + lines.join()).not.toContain('Kestrel');
  });

  it('repeats a read once if a keep-alive connection was closed', async () => {
    let asked = 0;
    const base = await serve((request, response) => {
      asked += 1;
      if (asked === 1) request.socket.destroy();
      else json(about)(request, response);
    });
    await expect(ask(base)).resolves.toMatchObject({ product: 'Reset Desk' });
    expect(asked).toBe(2);
  });

  it('recognizes a port with another protocol', async () => {
    const port = await listen(net.createServer((socket) => socket.end('220 mail.example.com ESMTP\r\n')));
    await expect(ask(`http://127.0.0.1:${port}`)).rejects.toThrow('server.not-reset-desk');
  });

  it('recognizes a port without TLS', async () => {
    const base = await serve(json(about));
    await expect(ask(base.replace('http:', 'https:'))).rejects.toThrow('server.not-reset-desk');
  });

  it('does not use a proxy from the environment for this computer', async () => {
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:9';
    try {
      await expect(ask(await serve(json(about)))).resolves.toMatchObject({ mode: 'server' });
    } finally {
      delete process.env['HTTP_PROXY'];
    }
  });
});
