import { describe, expect } from 'vitest';
import { newBackendTest as it } from '../../fixtures/api.ts';
import { administrator } from '../../backend/start-test-backend.ts';

describe('the Reset API', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('lets the first administrator in once with the setup code', async ({ backend }) => {
    const setUp = (setupCode: string | null) =>
      backend.ask('POST', '/api/v1/setup', { ...administrator, setupCode });
    const code = backend.setupCode();
    expect(await (await setUp('a guess at the code')).json()).toMatchObject({
      status: 403,
      code: 'setup.code-wrong',
    });
    const { accessToken } = (await (await setUp(code)).json()) as { accessToken: string };
    const me = await backend.ask('GET', '/api/v1/session', undefined, bearer(accessToken));
    expect(await me.json()).toMatchObject({
      operator: { userName: 'ann', roles: ['administrator', 'operator', 'auditor'] },
    });
    expect(await (await setUp(code)).json()).toMatchObject({ status: 409, code: 'setup.already-done' });
    await backend.restart();
    expect(backend.setupCode()).toBeNull();
  });

  it('finds Marlene Okafor among the imported samples by the words of her name in any order', async ({
    backend,
  }) => {
    const { accessToken } = await backend.setUp();
    const samples = await backend.ask('POST', '/api/v1/imports/samples', {}, bearer(accessToken));
    expect(await samples.json()).toMatchObject({ state: 'finished', created: 500, refused: 0 });
    const found = await backend.ask('GET', '/api/v1/accounts?q=okaf%20marl', undefined, bearer(accessToken));
    expect(await found.json()).toMatchObject({
      hits: [{ userName: 'm.okafor', displayName: 'Marlene Okafor' }],
    });
    expect(found.headers.get('cache-control')).toBe('no-store');
  });

  it.for([
    ['nothing', ''],
    ['a quote', "' or 1=1 --"],
    ['LDAP signs', '*)(uid=*))(|(uid=*'],
    ['FTS operators', 'NEAR("a" b) AND ^c*'],
    ['NUL', 'ann\0bob'],
    ['right-to-left and combining characters', '\u202eמרלן e\u0301\u0301\u0301'],
    ['a script tag', '<script>alert(1)</script>'],
  ] as const)('answers a search for %s with no account and no error', async ([_name, q], { backend }) => {
    const { accessToken } = await backend.setUp();
    const found = await backend.ask(
      'GET',
      `/api/v1/accounts?q=${encodeURIComponent(q)}`,
      undefined,
      bearer(accessToken),
    );
    expect(found.status).toBe(200);
    expect(await found.json()).toMatchObject({ q, hits: [] });
  });

  it('tells a stranger nothing but that a session is missing', async ({ backend }) => {
    for (const headers of [{}, bearer('x'), bearer('A'.repeat(43)), { authorization: 'Basic YTpi' }]) {
      const answer = await backend.ask('PUT', '/api/v1/policy', { anything: true }, headers);
      expect(await answer.json()).toMatchObject({ status: 401, code: 'session.missing' });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('names the wrong field without repeating its value', async ({ backend }) => {
    const answer = await backend.ask('POST', '/api/v1/session', { userName: '', password: 'not-for-print' });
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 'request.invalid', fields: [{ path: 'body.userName' }] });
    expect(text).not.toContain('not-for-print');
  });

  it.for([
    ['that is no JSON', '{"userName": ', 400, 'request.invalid'],
    ['of ten megabytes', JSON.stringify({ userName: 'a'.repeat(10_000_000) }), 413, 'request.too-large'],
  ] as const)('refuses a body %s', async ([_name, body, status, code], { backend }) => {
    const answer = await backend.ask('POST', '/api/v1/session', body);
    expect(await answer.json()).toMatchObject({ status, code });
  });

  it.for([
    ['', () => ({})],
    [', whatever address it claims to have', (at: number) => ({ 'x-forwarded-for': `192.0.2.${at + 1}` })],
  ] as const)('slows a computer that guesses at passwords%s', async ([, headers], { backend }) => {
    await backend.setUp();
    const guesses = await Promise.all(
      Array.from({ length: 61 }, (_, at) =>
        backend.ask('POST', '/api/v1/session', { userName: '', password: '' }, headers(at)),
      ),
    );
    expect(guesses.filter(({ status }) => status === 429)).not.toHaveLength(0);
  });

  it('slows a network that guesses many names without shutting an office out', async ({ backend }) => {
    await backend.setUp();
    const guess = async (userName: string) =>
      (await backend.ask('POST', '/api/v1/session', { userName, password: '' })).status;
    const statuses = async (count: number, name: (at: number) => string) =>
      Promise.all(Array.from({ length: count }, (_, at) => guess(name(at))));
    expect(await statuses(61, () => 'made.up')).toContain(429);
    expect(await guess('another')).toBe(400);
    expect(new Set(await statuses(300, (at) => `colleague-${at}`))).toEqual(new Set([400]));
    expect(await statuses(300, (at) => `guess-${at}`)).toContain(429);
  });

  it('describes the endpoints that it serves', async ({ backend }) => {
    const document = (await (await backend.ask('GET', '/openapi.json')).json()) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/v1/accounts/{accountId}/contact');
    expect(await (await backend.ask('GET', '/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await backend.ask('GET', '/readyz');
    expect([ready.status, ready.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await ready.json()).toEqual({ status: 'ready' });
  });

  it('writes neither password nor token to its log', async ({ backend }) => {
    const { accessToken, refreshToken } = await backend.setUp();
    await backend.ask('GET', '/api/v1/accounts?q=ann', undefined, bearer(accessToken));
    const text = backend.lines.join('\n');
    expect(text).toContain('listening');
    for (const secret of [administrator.password, accessToken, refreshToken])
      expect(text).not.toContain(secret);
  });
});
