import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import type { ProviderSettings } from '../../../shared/api/provider.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import {
  client,
  signInAt,
  signOutAt,
  signToken,
  startIdentityProvider,
} from '../../fixtures/identity-provider.ts';
import { codeAt } from '../../backend/join-operator.ts';

const redirectUri = 'http://127.0.0.1:45678/callback';
const path = '/api/v1/session/provider/back-channel-logout';
const event = 'http://schemas.openid.net/event/backchannel-logout';
type Finished = SessionTokens & { ticket?: string; code?: string };

describe('a logout at the identity provider', () => {
  const it = newBackendTest
    .extend('provider', async ({ backend }, { onCleanup }) => {
      const provider = await startIdentityProvider(
        {
          bob: { preferred_username: 'bob', name: 'Bob Example', groups: ['desk'] },
          dora: { preferred_username: 'dora', name: 'Dora Example', groups: ['desk'] },
        },
        { backChannelLogoutUri: `${backend.address()}${path}` },
      );
      onCleanup(() => provider.stop());
      return provider;
    })
    .extend(
      'configure',
      ({ desk, provider }) =>
        (change: Partial<ProviderSettings> = {}) =>
          desk.call<{ backChannelLogoutUri: string }>('PUT', '/settings/provider', {
            enabled: true,
            name: 'Example ID',
            issuer: provider.issuer,
            clientId: client.clientId,
            scopes: 'openid profile',
            userNameClaim: 'preferred_username',
            rolesClaim: 'groups',
            roles: [{ value: 'desk', role: 'operator' }],
            matchBy: 'user-name',
            create: true,
            secondFactor: 'provider',
            secret: client.secret,
            ...change,
          }),
    )
    .extend('signIn', ({ backend }) => async (login: string, cookies = new Map<string, string>()) => {
      const post = async <T>(to: string, body: object) =>
        (await (await backend.ask('POST', `/api/v1/session/provider${to}`, body)).json()) as T;
      const verifier = randomBytes(32).toString('base64url');
      const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
      const { ticket, url } = await post<{ ticket: string; url: string }>('', { redirectUri, codeChallenge });
      const { search } = await signInAt(url, login, cookies);
      return post<Finished>('/finish', { ticket, verifier, query: search.slice(1) });
    })
    .extend(
      'isOpen',
      ({ backend }) =>
        async ({ accessToken }: SessionTokens) =>
          (await backend.ask('GET', '/api/v1/session', undefined, { authorization: `Bearer ${accessToken}` }))
            .status === 200,
    )
    .extend('send', ({ backend }) => async (...tokens: string[]) => {
      const body = new URLSearchParams(tokens.map((token) => ['logout_token', token]));
      const answer = await backend.ask('POST', path, body.toString(), {
        'content-type': 'application/x-www-form-urlencoded',
      });
      return { status: answer.status, cache: answer.headers.get('cache-control'), text: await answer.text() };
    })
    .extend('claims', ({ provider }) => (more: object = {}) => ({
      iss: provider.issuer,
      aud: client.clientId,
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 120,
      jti: randomUUID(),
      events: { [event]: {} },
      sub: 'bob',
      ...more,
    }));
  it.beforeEach(async ({ configure }) => {
    await configure();
  });

  it('ends only the session that came from that one', async ({ provider, signIn, isOpen, backend }) => {
    const cookies = new Map<string, string>();
    const [here, elsewhere, other] = [
      await signIn('bob', cookies),
      await signIn('bob'),
      await signIn('dora'),
    ];
    await signOutAt(provider.issuer, cookies);
    expect([await isOpen(here), await isOpen(elsewhere), await isOpen(other)]).toEqual([false, true, true]);
    const actions = (await backend.readAudit()).map(({ action }) => action);
    expect(actions).toContain('operator.logged-out-by-provider');
    const again = await backend.ask('POST', '/api/v1/session/refresh', { refreshToken: here.refreshToken });
    expect(again.status).toBe(401);
  });

  it('of a person without a session ends all of theirs', async ({
    provider,
    signIn,
    isOpen,
    send,
    claims,
  }) => {
    const [one, two, other] = [await signIn('bob'), await signIn('bob'), await signIn('dora')];
    expect(await send(provider.sign(claims()))).toMatchObject({ status: 200, cache: 'no-store', text: '' });
    expect([await isOpen(one), await isOpen(two), await isOpen(other)]).toEqual([false, false, true]);
  });

  it('ends a sign-in that waits for its code', async ({
    backend,
    provider,
    configure,
    signIn,
    send,
    claims,
  }) => {
    await configure({ secondFactor: 'here' });
    const { ticket } = await signIn('bob');
    const post = async (to: string, body: object) =>
      (await (await backend.ask('POST', `/api/v1/session${to}`, body)).json()) as {
        secret: string;
        code?: string;
      };
    const { secret } = await post('/enrolment', { ticket: ticket ?? '' });
    expect((await send(provider.sign(claims()))).status).toBe(200);
    expect(
      await post('/enrolment/confirm', { ticket: ticket ?? '', code: codeAt(secret, backend.clock.at) }),
    ).toMatchObject({ code: 'session.ticket-gone' });
  });

  it('is accepted without effect for an unknown person or session', async ({
    provider,
    signIn,
    isOpen,
    send,
    claims,
  }) => {
    const session = await signIn('bob');
    expect((await send(provider.sign(claims({ sub: 'unknown' })))).status).toBe(200);
    expect((await send(provider.sign(claims({ sid: 'unknown' })))).status).toBe(200);
    expect((await send(provider.sign(claims({ sub: undefined, sid: 'unknown' })))).status).toBe(200);
    expect(await isOpen(session)).toBe(true);
  });

  it.for<[string, object, object?]>([
    ['of another issuer', { iss: 'https://evil.example.com' }],
    ['for another client', { aud: 'another' }],
    ['that has expired', { exp: 1 }],
    ['that is old', { iat: 1, exp: undefined }],
    ['from the future', { iat: Math.floor(Date.now() / 1000) + 3600 }],
    ['without a time', { iat: undefined }],
    ['without an id', { jti: undefined }],
    ['without events', { events: undefined }],
    ['about another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
    ['whose event is no object', { events: { [event]: 'yes' } }],
    ['with a nonce, such as an ID token', { nonce: 'n' }],
    ['that names no person', { sub: undefined }],
    ['of another type', {}, { typ: 'at+jwt' }],
    ['that says it needs no signature', {}, { alg: 'none' }],
    ['that says its signature is a shared secret', {}, { alg: 'HS256' }],
    ['of an unknown key', {}, { kid: 'unknown' }],
  ])(
    'is refused with a token %s',
    async ([, wrong, header], { provider, signIn, isOpen, send, claims, backend }) => {
      const session = await signIn('bob');
      expect(await send(provider.sign(claims(wrong), header))).toMatchObject({
        status: 400,
        cache: 'no-store',
      });
      expect(await isOpen(session)).toBe(true);
      const refused = (await backend.readAudit()).filter(
        ({ action }) => action === 'operator.provider-logout-refused',
      );
      expect(refused).toHaveLength(1);
    },
  );

  it('is refused with a token that another key has signed', async ({ signIn, isOpen, send, claims }) => {
    const session = await signIn('bob');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect((await send(signToken(claims(), { privateKey, kid: 'test' }))).status).toBe(400);
    expect(await isOpen(session)).toBe(true);
  });

  it('is refused unless it has exactly one token as a form field', async ({
    provider,
    send,
    claims,
    backend,
  }) => {
    expect((await send()).status).toBe(400);
    expect((await send(provider.sign(claims()), provider.sign(claims()))).status).toBe(400);
    expect((await send('no token')).status).toBe(400);
    const json = await backend.ask('POST', path, { logout_token: provider.sign(claims()) });
    expect(json.status).toBe(400);
  });

  it('is accepted once', async ({ provider, signIn, isOpen, send, claims }) => {
    const token = provider.sign(claims());
    expect((await send(token)).status).toBe(200);
    const session = await signIn('bob');
    expect((await send(token)).status).toBe(400);
    expect(await isOpen(session)).toBe(true);
  });

  it('is refused while the provider is turned off', async ({ provider, configure, send, claims }) => {
    await configure({ enabled: false });
    expect((await send(provider.sign(claims()))).status).toBe(400);
  });

  it('is known by a key that the provider has just changed, as is a sign-in', async ({
    provider,
    signIn,
    isOpen,
    send,
    claims,
  }) => {
    await signIn('dora');
    expect((await send(provider.sign(claims({ sub: 'dora' })))).status).toBe(200);
    const old = provider.sign(claims());
    provider.rotateKey();
    const session = await signIn('bob');
    expect(await isOpen(session)).toBe(true);
    expect((await send(old)).status).toBe(400);
    expect(await isOpen(session)).toBe(true);
    expect((await send(provider.sign(claims()))).status).toBe(200);
    expect(await isOpen(session)).toBe(false);
  });

  it('has its address in the settings', async ({ configure }) => {
    expect((await configure()).body.backChannelLogoutUri).toMatch(new RegExp(`^http.*${path}$`));
  });
});
