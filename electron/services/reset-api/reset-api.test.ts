import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import tls from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import type { Log } from '../../log/log.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { loadHttp } from './load-http.ts';
import { setTimer as setRealTimer } from '../timers/timers.ts';
import { deviceHeader } from '../../../shared/api/endpoint.ts';
import { createResetApi } from './reset-api.ts';

const run = promisify(execFile);
const lines: string[] = [];
const log: Log = {
  info: (message, facts) => lines.push(message + JSON.stringify(facts)),
  warn: (message, facts) => lines.push(message + JSON.stringify(facts)),
  unexpected: (message, thrown) => {
    lines.push(message + String(thrown));
    return 'REF1-REF2';
  },
};
const about = {
  product: 'Reset Desk',
  version: '0.1.0',
  api: 1,
  mode: 'server',
  setup: 'ready',
  publicUrl: 'https://desk.example.com',
  provider: null,
  time: '2026-03-01T08:00:00.000Z',
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  lines.length = 0;
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const serve = async (listener: RequestListener) =>
  `http://127.0.0.1:${await listen(http.createServer(listener))}`;
const json =
  (body: unknown, status = 200, type = 'application/json'): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
  };
const api = (trust: Parameters<typeof loadHttp>[0] = () => undefined, setTimer = setRealTimer) =>
  createResetApi({ loadHttp: () => loadHttp(trust), userAgent: 'Reset Desk/test', log, setTimer });
const ask = (base: string, timeout = 5000) => api().call(base, endpoints.getAbout, {}, { timeout });

describe('a call of the Reset API', () => {
  it('sends encoded parameters, token, idempotency key and body, and parses the response', async () => {
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

  it('sends the id of this console with a sign-in, another for each server, and with no other call', async () => {
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

  it('uses the client that prepare has loaded', async () => {
    const trusted: string[] = [];
    const prepared = api(() => void trusted.push('asked'));
    await prepared.prepare();
    expect(trusted).toEqual(['asked']);
    await prepared.call(await serve(json(about)), endpoints.getAbout, {});
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

describe('a stream of the Reset API', () => {
  /** Timers that run by hand; a cancelled one is removed. */
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

  it('fails if nothing more arrives, and each heartbeat starts the time anew', async () => {
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

describe('a server with a certificate', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-tls-'));
    await make('good', 'IP:127.0.0.1');
    await make('expired', 'IP:127.0.0.1');
    await expire('expired');
    await make('other-name', 'DNS:desk.example.com');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const file = (name: string) => join(folder, name);
  async function make(name: string, names: string): Promise<void> {
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      file(`${name}.key`),
    ];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`, '-days', '2'];
    await run('openssl', ['req', '-x509', ...key, '-out', file(`${name}.pem`), ...subject]);
  }
  /** Signs again with an end date in the past, which `req` refuses. */
  async function expire(name: string): Promise<void> {
    const signed = ['-in', file(`${name}.pem`), '-signkey', file(`${name}.key`), '-days', '-1'];
    await run('openssl', ['x509', ...signed, '-out', file(`${name}.pem`)]);
  }
  async function serveWith(name: string): Promise<string> {
    const [key, cert] = await Promise.all([readFile(file(`${name}.key`)), readFile(file(`${name}.pem`))]);
    return `https://127.0.0.1:${await listen(https.createServer({ key, cert }, json(about)))}`;
  }
  const trusting = (...names: string[]) =>
    api(() => tls.createSecureContext({ ca: [] })) &&
    Promise.all(names.map((name) => readFile(file(`${name}.pem`))));

  it('is refused if no authority vouches for it', async () => {
    await expect(ask(await serveWith('good'))).rejects.toMatchObject({
      failure: { code: 'server.certificate-untrusted', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it.each([
    ['expired', 'server.certificate-expired'],
    ['other-name', 'server.certificate-name'],
  ])('is refused with its own code if it is trusted but %s', async (name, code) => {
    const ca = await trusting(name);
    const base = await serveWith(name);
    const call = api(() => tls.createSecureContext({ ca })).call(base, endpoints.getAbout, {});
    await expect(call).rejects.toThrow(code);
  });

  it('is accepted if the system trusts it', async () => {
    const ca = await trusting('good');
    const base = await serveWith('good');
    const call = api(() => tls.createSecureContext({ ca })).call(base, endpoints.getAbout, {});
    await expect(call).resolves.toMatchObject({ product: 'Reset Desk' });
  });
});

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

describe('a redirect to another server', () => {
  it.each([301, 302, 303, 307, 308])('is not followed, so that the token stays here: %i', async (status) => {
    const reached: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      reached.push([request.url, request.headers]);
      json(about)(request, response);
    });
    const base = await serve((request, response) => {
      request.resume();
      response.writeHead(status, { Location: `${elsewhere}${request.url ?? ''}` }).end();
    });
    const accessToken = new Secret('token-1');
    const attempts = [
      api().call(base, endpoints.listCases, { query: { whose: 'all' } }, { accessToken }),
      api().call(base, endpoints.signIn, { body: { userName: 'ann', password: 'Kestrel-42' } }),
      api().openEventStream(
        base,
        endpoints.followLive,
        {},
        { accessToken, signal: new AbortController().signal },
      ),
      api().download(
        base,
        endpoints.getEvidencePack,
        { params: { caseId: 'c' }, query: { format: 'pdf' } },
        { accessToken },
      ),
    ];
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason))).toEqual(
      Array.from({ length: 4 }, () => 'ConsoleFailure: server.redirected'),
    );
    expect(reached).toEqual([]);
  });
});

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

  it('ends when the caller aborts it, and closes the file', async () => {
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
