import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { describe, expect } from 'vitest';
import { apiTest, marlene } from '../fixtures/api.ts';
import {
  isInstalled,
  pathProxyKinds,
  proxyKinds,
  startReverseProxy,
  type ProxyKind,
} from '../fixtures/reverse-proxy.ts';

const publicUrl = 'https://desk.example.com';
const form = { 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl };

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

const read = async (answer: IncomingMessage): Promise<Answer> => {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text };
};

/** A client that sends requests for desk.example.com to a proxy on loopback. */
function clientOf(httpsPort: number, host = 'desk.example.com') {
  const open = (method: string, path: string, body?: string, headers: RequestOptions['headers'] = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: httpsPort,
        servername: host,
        // The certificate is one for loopback.
        rejectUnauthorized: false,
        method,
        path,
        headers: { host, ...headers },
      };
      request(options, resolve).on('error', reject).end(body);
    });
  return {
    open,
    ask: async (...call: Parameters<typeof open>) => read(await open(...call)),
  };
}

/** Some 19,000 rows: more than the default limit of nginx and others. */
const bigImport = ['user name,display name,email,department']
  .concat(
    Array.from(
      { length: 19_000 },
      (_, at) =>
        `big-${at},Person Number ${at},person.number.${at}@example.com,Department of long names ${at % 40}`,
    ),
  )
  .join('\n');

const it = apiTest
  .extend('backendOptions', { publicUrl, trustProxy: '127.0.0.1' })
  .extend('startProxy', ({ backend }, { onCleanup }) => async (kind: ProxyKind) => {
    const proxy = await startReverseProxy(kind, Number(new URL(backend.address()).port));
    onCleanup(() => proxy.stop());
    return { ...proxy, ...clientOf(proxy.httpsPort) };
  });

/** On CI every proxy is installed; elsewhere missing ones are skipped by name. */
const kinds = proxyKinds.filter((kind) => process.env['CI'] !== undefined || isInstalled(kind));
const missing = proxyKinds.filter((kind) => !kinds.includes(kind));
const documentedKinds = kinds.filter((kind) => kind !== 'nginx with proxy_pass alone');

describe('a backend behind a proxy', { timeout: 60_000 }, () => {
  for (const kind of missing) it.skip(`is not tried with ${kind}, which is not installed`);

  it.for(kinds)(
    'lets a browser without Sec-Fetch-Site sign in: %s',
    async (kind, { startProxy, backend, desk, verifiedCase }) => {
      const { ask } = await startProxy(kind);
      expect((await ask('GET', '/login')).text).toContain('Sign in');
      const grant = await desk.mint(verifiedCase.id, 'temporary-password');
      const { body } = await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'by-a-proxy');
      const fields = new URLSearchParams({ userName: 'm.okafor', password: body.temporaryPassword ?? '' });
      const signedIn = await ask('POST', '/login', fields.toString(), form);
      expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/change-password']);
      const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/^__Host-reset_desk_user=.*; Secure/);
      const next = await ask('GET', '/change-password', undefined, { cookie: cookie.split(';')[0] });
      expect([next.status, next.text.includes('Choose a new password')]).toEqual([200, true]);
      // A page of another site. Only a proxy that overwrites X-Forwarded-Host stops a client that is not a browser from naming itself as the host.
      const forgedHost = kind === 'nginx with proxy_pass alone' ? {} : { 'x-forwarded-host': 'evil.example' };
      const evil = { ...form, origin: 'https://evil.example', ...forgedHost };
      expect((await ask('POST', '/login', fields.toString(), evil)).status).toBe(403);
      expect(backend.lines.filter((line) => line.includes('proxy-without-public-url'))).toEqual([]);
    },
  );

  it.for(documentedKinds)('passes a live stream on at once: %s', async (kind, { startProxy, desk }) => {
    const { open } = await startProxy(kind);
    const started = performance.now();
    const stream = await open('GET', '/api/v1/live', undefined, { authorization: `Bearer ${desk.token}` });
    expect(stream.statusCode).toBe(200);
    expect(stream.headers['content-type']).toContain('text/event-stream');
    const chunks = stream.setEncoding('utf8')[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toContain(': listening');
    // Far below the heartbeat of 10 seconds, which would flush a buffered line.
    expect(performance.now() - started).toBeLessThan(5000);
    const asked = performance.now();
    const { body } = await desk.call<{ version: number; document: object }>('GET', '/policy');
    await desk.call('PUT', '/policy', { basedOn: body.version, document: body.document });
    expect((await chunks.next()).value).toContain('data: {"type":"policy-changed"}');
    expect(performance.now() - asked).toBeLessThan(5000);
    stream.destroy();
  });

  it.for(documentedKinds)('forwards an import of 1.6 MB: %s', async (kind, { startProxy, desk }) => {
    expect(bigImport.length).toBeGreaterThan(1_500_000);
    const { ask } = await startProxy(kind);
    const headers = { authorization: `Bearer ${desk.token}` };
    const begun = await ask(
      'POST',
      '/api/v1/imports',
      JSON.stringify({
        fileName: 'big.csv',
        bytesTotal: bigImport.length,
        mapping: {
          encoding: 'utf-8',
          delimiter: ',',
          header: true,
          columns: { userName: 0, displayName: 1, email: 2, department: 3 },
        },
      }),
      { ...headers, 'content-type': 'application/json' },
    );
    const { id } = JSON.parse(begun.text) as { id: string };
    const done = await ask('PUT', `/api/v1/imports/${id}/content`, bigImport, {
      ...headers,
      'content-type': 'application/octet-stream',
    });
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('"created":19000')]);
  });

  it.for(documentedKinds)(
    'counts the client’s own address whatever the client says: %s',
    async (kind, { startProxy, backend }) => {
      const { ask } = await startProxy(kind);
      const tryOnce = async (at: number) => {
        const { status } = await ask('POST', '/login', 'userName=x.nobody&password=', {
          ...form,
          'x-forwarded-for': `203.0.113.${at}`,
          forwarded: `for=203.0.113.${at};proto=http;host=evil.example`,
          'x-real-ip': `203.0.113.${at}`,
        });
        return status;
      };
      const first = await Promise.all(Array.from({ length: 60 }, (_, at) => tryOnce(at)));
      expect(new Set(first)).toEqual(new Set([303]));
      expect(await tryOnce(60)).toBe(429);
      const addresses = (await backend.readAudit())
        .filter(({ action }) => action === 'account.sign-in-failed')
        .map(({ client_address }) => client_address);
      expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
    },
  );

  it.for(documentedKinds)(
    'sends links to its public address and plain HTTP to HTTPS: %s',
    async (kind, { startProxy, mailSink }) => {
      const { ask, httpPort } = await startProxy(kind);
      const forged = { ...form, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
      await ask('POST', '/forgot-password', `address=${encodeURIComponent(marlene)}`, forged);
      expect((await mailSink.mailTo(marlene)).text).toMatch(/https:\/\/desk\.example\.com\/reset\//);
      const plain = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          port: httpPort,
          path: '/login',
          headers: { host: 'desk.example.com' },
        };
        plainRequest(options, resolve).on('error', reject).end();
      });
      plain.destroy();
      expect(plain.statusCode).toBeGreaterThanOrEqual(301);
      expect(plain.headers.location).toMatch(/^https:\/\/desk\.example\.com(:\d+)?\/login$/);
    },
  );
});

describe('a backend below a path behind a proxy', { timeout: 60_000 }, () => {
  const below = it.override('backendOptions', {
    publicUrl: 'https://example.com/reset',
    trustProxy: '127.0.0.1',
  });
  const installed = pathProxyKinds.filter((kind) => process.env['CI'] !== undefined || isInstalled(kind));

  below.for(installed)(
    'serves pages, forms, links and the API there: %s',
    async (kind, { startProxy, mailSink, desk }) => {
      const { ask } = clientOf((await startProxy(kind)).httpsPort, 'example.com');
      const headers = { ...form, origin: 'https://example.com' };
      expect((await ask('GET', '/reset')).headers.location).toMatch(/\/reset\/login$/);
      const page = await ask('GET', '/reset/login');
      const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page.text) ?? [];
      expect((await ask('GET', style)).headers['content-type']).toContain('text/css');
      await ask('POST', '/reset/forgot-password', `address=${encodeURIComponent(marlene)}`, headers);
      const [, path = ''] =
        /https:\/\/example\.com(\/reset\/reset\/\S+)/.exec((await mailSink.mailTo(marlene)).text ?? '') ?? [];
      const link = await ask('GET', path);
      expect(link.text).toContain('action="/reset/reset"');
      const [, token = ''] = /name="token" value="([^"]+)"/.exec(link.text) ?? [];
      const chosen = new URLSearchParams({ token, password: 'Quiet+Harbour7', repeated: 'Quiet+Harbour7' });
      const done = await ask('POST', '/reset/reset', chosen.toString(), headers);
      expect([done.status, done.headers.location]).toEqual([303, '/reset/reset/done']);
      expect((await ask('GET', '/reset/reset/done')).status).toBe(200);
      const fields = new URLSearchParams({ userName: 'm.okafor', password: 'Quiet+Harbour7' });
      const signedIn = await ask('POST', '/reset/login', fields.toString(), headers);
      expect(signedIn.headers.location).toMatch(/^\/reset\/account/);
      const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/^__Secure-reset_desk_user=.*; Path=\/reset\/;.* Secure/);
      const account = await ask('GET', signedIn.headers.location ?? '', undefined, {
        cookie: cookie.split(';')[0],
      });
      expect(account.status).toBe(200);
      const about = await ask('GET', '/reset/api/v1/about');
      expect(JSON.parse(about.text)).toMatchObject({ publicUrl: 'https://example.com/reset' });
      const session = await ask('GET', '/reset/api/v1/session', undefined, {
        authorization: `Bearer ${desk.token}`,
      });
      expect(session.status).toBe(200);
    },
  );
});
