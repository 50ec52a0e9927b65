import { describe, expect } from 'vitest';
import { apiTest } from '../fixtures/api.ts';
import { browserOf } from '../backend/desk-call.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { readPageRoutes } from './page-routes.ts';

const routes = await readPageRoutes();
const contentSecurity =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
const publicUrl = 'https://desk.example.com';

describe('every answer of the pages', () => {
  const it = apiTest.extend('backendOptions', {});

  it('forbids frames, foreign content, caching and sniffing, whether it is a page, a redirect or a refusal', async ({
    backend,
  }) => {
    for (const { method, path } of routes) {
      const address = path.replace(':token', 'unknown').replace('*', 'no-such-page');
      const isAsset = path.startsWith('/pages.');
      for (const site of method === 'GET' ? ['same-origin'] : ['same-origin', 'cross-site']) {
        const answer = await backend.ask(method, address, method === 'GET' ? undefined : 'x=y', {
          ...form,
          'sec-fetch-site': site,
        });
        const header = (name: string) => answer.headers.get(name);
        expect({
          path,
          policy: header('content-security-policy'),
          frames: header('x-frame-options'),
          sniffing: header('x-content-type-options'),
          referrer: header('referrer-policy'),
          caching: header('cache-control'),
          hsts: header('strict-transport-security'),
        }).toEqual({
          path,
          policy: contentSecurity,
          frames: 'SAMEORIGIN',
          sniffing: 'nosniff',
          // Not `no-referrer`, with which browsers send `Origin: null` with the pages' own forms, which are then refused.
          referrer: 'same-origin',
          caching: isAsset ? 'public, max-age=31536000, immutable' : 'no-store',
          hsts: null,
        });
      }
    }
  });

  it('has Strict-Transport-Security only as the server was told', async () => {
    const hsts = 'max-age=31536000; includeSubDomains';
    const backend = await startTestBackend(undefined, { hsts });
    for (const path of ['/login', '/healthz', '/api/v1/about', '/no-such-page'])
      expect((await backend.ask('GET', path)).headers.get('strict-transport-security')).toBe(hsts);
    await backend.stop();
  });
});

describe('the cookies of the pages', () => {
  const it = apiTest.extend('backendOptions', {});

  it('are for the server and its own pages alone', async ({ backend }) => {
    const refused = await backend.ask('POST', '/login', 'userName=a&password=b', form);
    expect(refused.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^reset_desk_form=[\w-]+; Max-Age=300; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const out = await backend.ask('POST', '/logout', '', form);
    for (const cookie of out.headers.getSetCookie())
      expect(cookie).toMatch(/^reset_desk_(user|form)=; .*Path=\/; .*HttpOnly; SameSite=Strict$/);
    expect(out.headers.getSetCookie()).toHaveLength(2);
  });

  it('are not believed when there are two of one name', async ({ backend, desk, verifiedCase }) => {
    const grant = await desk.mint(verifiedCase.id, 'temporary-password');
    const { body } = await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'two-cookies');
    const user = browserOf(backend.ask);
    const answer = await user.signIn('m.okafor', body.temporaryPassword ?? '');
    const pair = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const open = async (cookie: string) =>
      (await backend.ask('GET', '/change-password', undefined, { cookie })).status;
    expect(await open(`other=1; ${pair}`)).toBe(200);
    for (const two of [`${pair}; reset_desk_user=x`, `reset_desk_user=x; ${pair}`, `${pair};${pair}`])
      expect([two, await open(two)]).toEqual([two, 303]);
  });
});

describe('the cookies of the pages over HTTPS', () => {
  const it = apiTest.extend('backendOptions', { publicUrl });

  it('are Secure and bound to the host', async ({ backend, desk, verifiedCase }) => {
    const grant = await desk.mint(verifiedCase.id, 'temporary-password');
    const { body } = await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'for-the-cookie');
    const fields = new URLSearchParams({ userName: 'm.okafor', password: body.temporaryPassword ?? '' });
    const signedIn = await backend.ask('POST', '/login', fields.toString(), form);
    const [cookie = ''] = signedIn.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-reset_desk_user=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const [pair = ''] = cookie.split(';');
    const open = async (cookies: string) =>
      (await backend.ask('GET', '/change-password', undefined, { cookie: cookies })).status;
    expect(await open(pair)).toBe(200);
    // Another host of the domain can set the name without the prefix.
    expect(await open(pair.replace('__Host-', ''))).toBe(303);
  });
});

const login = (headers: Record<string, string>) =>
  ['POST', '/login', 'userName=a&password=b', { 'content-type': form['content-type'], ...headers }] as const;

describe('an Origin, where the browser sends no Sec-Fetch-Site', () => {
  describe('behind a proxy that passes its own Host on', () => {
    const it = apiTest.extend('backendOptions', { publicUrl });

    it('may be the public URL alone', async ({ backend }) => {
      expect((await backend.ask(...login({ origin: publicUrl }))).status).toBe(303);
      for (const origin of ['http://desk.example.com', 'https://desk.example.com:444', 'https://example.com'])
        expect([origin, (await backend.ask(...login({ origin }))).status]).toEqual([origin, 403]);
    });
  });

  describe('without a trusted proxy', () => {
    const it = apiTest.extend('backendOptions', {});

    it('is not compared with X-Forwarded-Host', async ({ backend }) => {
      const forged = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' };
      expect((await backend.ask(...login(forged))).status).toBe(403);
    });
  });

  describe('behind a trusted proxy', () => {
    const it = apiTest.extend('backendOptions', { trustProxy: 'loopback' });

    it('may be the X-Forwarded-Host', async ({ backend }) => {
      const told = { origin: publicUrl, 'x-forwarded-host': 'desk.example.com' };
      expect((await backend.ask(...login(told))).status).toBe(303);
      expect((await backend.ask(...login({ ...told, origin: 'https://evil.example' }))).status).toBe(403);
    });
  });
});

const eventsOf = (backend: { lines: readonly string[] }) =>
  backend.lines.filter((line) => line.includes('"proxy-')).map((line) => JSON.parse(line) as object);
const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };

describe('a proxy that the configuration does not know', () => {
  const it = apiTest.extend('backendOptions', {});

  it('is logged once, with the settings to make', async ({ backend }) => {
    for (let times = 0; times < 3; times += 1) await backend.ask('GET', '/login', undefined, forwarded);
    expect(eventsOf(backend)).toEqual([
      { event: 'proxy-without-public-url', set: 'RESET_DESK_PUBLIC_URL' },
      { event: 'proxy-not-trusted', set: 'RESET_DESK_TRUST_PROXY', proxy: '127.0.0.1' },
    ]);
  });

  it('is shown to administrators', async ({ backend, desk }) => {
    expect((await desk.call('GET', '/settings/notices')).body).toEqual({ notices: [] });
    await backend.ask('GET', '/login', undefined, forwarded);
    expect((await desk.call('GET', '/settings/notices')).body).toEqual({
      notices: [
        { code: 'proxy-without-public-url', set: 'RESET_DESK_PUBLIC_URL', proxy: null },
        { code: 'proxy-not-trusted', set: 'RESET_DESK_TRUST_PROXY', proxy: '127.0.0.1' },
      ],
    });
  });
});

describe('a trusted proxy with a public URL', () => {
  const it = apiTest.extend('backendOptions', { publicUrl, trustProxy: 'loopback' });

  it('is not logged', async ({ backend }) => {
    await backend.ask('GET', '/login', undefined, forwarded);
    expect(eventsOf(backend)).toEqual([]);
  });
});
