import { createHash, randomBytes } from 'node:crypto';
import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { ProviderSettings } from '../../../shared/api/provider.ts';
import type { NextStep, SessionTokens } from '../../../shared/api/session.ts';
import { client, signInAt, startIdentityProvider } from '../../fixtures/identity-provider.ts';
import { deskOf } from '../../backend/desk-call.ts';
import { invite } from '../../backend/join-operator.ts';

const redirectUri = 'http://127.0.0.1:45678/callback';
const bob = {
  userName: 'bob',
  displayName: 'Bob Example',
  password: 'Quiet+Harbour7',
  roles: ['operator'] as const,
};
type Finished = SessionTokens & NextStep & { code?: string };

describe('sign-in with an identity provider', () => {
  const it = newBackendTest
    .extend(
      'provider',
      // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern.
      async ({}, { onCleanup }) => {
        const provider = await startIdentityProvider({
          'bob-at-id': {
            preferred_username: 'bob',
            name: 'Bob at ID',
            groups: ['desk'],
            email: 'bob@example.com',
            email_verified: true,
          },
          'eve-at-id': {
            preferred_username: 'eve',
            name: 'Eve',
            groups: ['sales'],
            email: 'bob@example.com',
            email_verified: false,
          },
          'dora-at-id': { preferred_username: 'dora', name: 'Dora Example', groups: ['desk', 'leads'] },
          'ann-at-id': { preferred_username: 'ann', name: 'Ann', groups: ['desk'] },
        });
        onCleanup(() => provider.stop());
        return provider;
      },
    )
    .extend(
      'configure',
      ({ desk, provider }) =>
        (change: Partial<ProviderSettings> & { secret?: string }) =>
          desk.call('PUT', '/settings/provider', {
            enabled: true,
            name: 'Example ID',
            issuer: provider.issuer,
            clientId: client.clientId,
            scopes: 'openid profile email',
            userNameClaim: 'preferred_username',
            rolesClaim: 'groups',
            roles: [
              { value: 'desk', role: 'operator' },
              { value: 'leads', role: 'approver' },
            ],
            matchBy: 'user-name',
            create: false,
            secondFactor: 'provider',
            secret: client.secret,
            ...change,
          }),
    )
    .extend(
      'post',
      ({ backend }) =>
        async <T>(path: string, body: object) =>
          (await (await backend.ask('POST', `/api/v1/session/provider${path}`, body)).json()) as T,
    )
    .extend('start', ({ post }) => async (more: object = {}) => {
      const verifier = randomBytes(32).toString('base64url');
      const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
      const begun = await post<{ ticket: string; url: string; state: string; code?: string }>('', {
        redirectUri,
        codeChallenge,
        ...more,
      });
      return { ...begun, verifier };
    })
    .extend(
      'finish',
      ({ post }) =>
        (begun: { ticket: string; verifier: string }, query: string, more: object = {}) =>
          post<Finished>('/finish', { ticket: begun.ticket, verifier: begun.verifier, query, ...more }),
    )
    .extend('signIn', ({ start, finish }) => async (login: string, more: object = {}, also: object = {}) => {
      const begun = await start(more);
      const { search } = await signInAt(begun.url, login);
      return finish(begun, search.slice(1), also);
    })
    .extend(
      'rows',
      ({ desk }) =>
        async () =>
          (await desk.call<{ operators: OperatorRow[] }>('GET', '/operators')).body.operators,
    );
  it.beforeEach(async ({ configure }) => {
    await configure({});
  });

  it('is shown by its name, can be tested, and never returns its secret', async ({
    backend,
    desk,
    provider,
    configure,
  }) => {
    const about = await (await backend.ask('GET', '/api/v1/about')).json();
    expect(about).toMatchObject({ provider: 'Example ID' });
    expect((await desk.call('POST', '/settings/provider/test')).body).toMatchObject({
      issuer: provider.issuer,
      pkce: true,
    });
    const { body } = await desk.call('GET', '/settings/provider');
    expect(body).toMatchObject({ secretStored: true });
    expect(JSON.stringify(body)).not.toContain(client.secret);
    await configure({ clientId: 'another', secret: '' });
    expect((await desk.call('GET', '/settings/provider')).body).toMatchObject({ secretStored: false });
  });

  it('lets in an operator who is known, binds them, and gives the roles of the claim', async ({
    backend,
    tokens,
    signIn,
    rows,
    provider,
  }) => {
    await invite(backend, tokens.accessToken, { ...bob, roles: ['auditor'] });
    expect(await signIn('bob-at-id')).toMatchObject({
      session: { operator: { userName: 'bob', roles: ['operator'] } },
    });
    expect((await rows()).find(({ userName }) => userName === 'bob')).toMatchObject({
      provider: true,
      state: 'active',
    });
    provider.people['bob-at-id'] = { preferred_username: 'somebody-else', groups: ['desk', 'leads'] };
    expect(await signIn('bob-at-id')).toMatchObject({
      session: { operator: { userName: 'bob', roles: ['operator', 'approver'] } },
    });
    provider.people['bob-at-id'] = { groups: ['sales'] };
    expect(await signIn('bob-at-id')).toMatchObject({ code: 'provider.no-role' });
  });

  it.for(['a sign-in', 'a proof anew'])(
    'takes the roles and ends every session of an operator whose role is gone, at %s',
    async (how, { backend, tokens, signIn, rows, provider }) => {
      await invite(backend, tokens.accessToken, bob);
      const first = await signIn('bob-at-id');
      const { accessToken, refreshToken } = await signIn('bob-at-id');
      const status = async (token: string) =>
        (await backend.ask('GET', '/api/v1/session', undefined, { authorization: `Bearer ${token}` })).status;
      expect(await status(first.accessToken)).toBe(200);
      provider.people['bob-at-id'] = { groups: ['sales'] };
      const answer =
        how === 'a sign-in'
          ? await signIn('bob-at-id')
          : await signIn('bob-at-id', { again: true }, { refreshToken });
      expect(answer).toMatchObject({ code: 'provider.no-role' });
      expect(await status(first.accessToken)).toBe(401);
      expect(await status(accessToken)).toBe(401);
      expect((await rows()).find(({ userName }) => userName === 'bob')).toMatchObject({
        roles: [],
        sessions: 0,
      });
      const events = await backend.readAudit();
      expect(events.filter(({ action }) => action === 'operator.session-ended')).toHaveLength(2);
      expect(events.findLast(({ action }) => action === 'operator.changed')?.facts).toContain('"rolesTo":""');
      provider.people['bob-at-id'] = { groups: ['desk'] };
      expect(await signIn('bob-at-id')).toMatchObject({ session: { operator: { roles: ['operator'] } } });
    },
  );

  it('refuses an unknown person, and creates an operator for them only where that is allowed', async ({
    signIn,
    configure,
    rows,
  }) => {
    expect(await signIn('dora-at-id')).toMatchObject({ code: 'provider.unknown-operator' });
    await configure({ create: true });
    expect(await signIn('dora-at-id')).toMatchObject({
      session: { operator: { userName: 'dora', roles: ['operator', 'approver'] } },
    });
    expect(await signIn('eve-at-id')).toMatchObject({ code: 'provider.no-role' });
    expect((await rows()).map(({ userName }) => userName)).not.toContain('eve');
  });

  it('never recognises an operator by an email that the provider has not verified', async ({
    backend,
    tokens,
    configure,
    signIn,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    await configure({ matchBy: 'email', rolesClaim: '' });
    expect(await signIn('eve-at-id')).toMatchObject({ code: 'provider.unknown-operator' });
    expect(await signIn('bob-at-id')).toMatchObject({ session: { operator: { userName: 'bob' } } });
  });

  it('leaves the last administrator their role, whatever the claim says', async ({ signIn }) => {
    expect(await signIn('ann-at-id')).toMatchObject({
      session: { operator: { roles: ['operator', 'administrator'] } },
    });
  });

  it('asks for the second factor here unless the provider does', async ({
    backend,
    tokens,
    configure,
    signIn,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    await configure({ secondFactor: 'here' });
    expect(await signIn('bob-at-id')).toMatchObject({ step: 'enrol' });
  });

  it('accepts an answer once, and only with the right state, issuer and verifier', async ({
    backend,
    tokens,
    start,
    finish,
    provider,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    const back = async () => {
      const begun = await start();
      return { begun, query: (await signInAt(begun.url, 'bob-at-id')).searchParams };
    };
    const good = await back();
    expect(await finish(good.begun, String(good.query))).toHaveProperty('accessToken');
    expect(await finish(good.begun, String(good.query))).toMatchObject({ code: 'session.ticket-gone' });

    const refused = { code: 'provider.refused' };
    for (const [name, value] of [
      ['state', 'another'],
      ['iss', 'https://evil.example.com'],
      ['code', 'made-up'],
    ] as const) {
      const { begun, query } = await back();
      query.set(name, value);
      expect({ name, ...(await finish(begun, String(query))) }).toMatchObject({ name, ...refused });
    }
    const stolen = await back();
    const other = randomBytes(32).toString('base64url');
    expect(await finish({ ...stolen.begun, verifier: other }, String(stolen.query))).toMatchObject(refused);
    // The answer to one start, handed in with another's ticket.
    const [a, b] = [await back(), await start()];
    expect(await finish(b, String(a.query))).toMatchObject(refused);
    const denied = await start();
    expect(
      await finish(denied, `error=access_denied&state=${denied.state}&iss=${provider.issuer}`),
    ).toMatchObject(refused);
  });

  it('reauthenticates only the same operator, after a new sign-in at the provider', async ({
    backend,
    tokens,
    signIn,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    const { refreshToken } = await signIn('bob-at-id');
    backend.clock.at += 20 * 60_000;
    expect(await signIn('ann-at-id', { again: true }, { refreshToken })).toMatchObject({
      code: 'provider.refused',
    });
    expect(await signIn('bob-at-id', {}, { refreshToken })).toMatchObject({ code: 'provider.refused' });
    expect(await signIn('bob-at-id', { again: true }, { refreshToken })).toMatchObject({
      session: { authenticatedAt: new Date(backend.clock.at).toISOString() },
    });
  });

  it('refuses a proof that is older than the request, or without its time', async ({
    backend,
    tokens,
    signIn,
    provider,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    const { refreshToken, session } = await signIn('bob-at-id');
    expect(session.proofs).toEqual(['provider']);
    backend.clock.at += 20 * 60_000;
    const now = Math.floor(Date.now() / 1000);
    for (const told of [now - 120, now - 3600, 'left out'] as const) {
      provider.sayAuthTime(told);
      expect(await signIn('bob-at-id', { again: true }, { refreshToken })).toMatchObject({
        code: 'provider.refused',
        detail: expect.stringContaining('did not ask the user to sign in again') as string,
      });
    }
    provider.sayAuthTime(now);
    expect(await signIn('bob-at-id', { again: true }, { refreshToken })).toMatchObject({
      session: { authenticatedAt: new Date(backend.clock.at).toISOString() },
    });
    const proofs = (await backend.readAudit()).filter(({ action }) => action === 'operator.reauthenticated');
    expect(proofs.map(({ facts }) => JSON.parse(facts) as object)).toMatchObject([{ factor: 'provider' }]);
  });

  it('lets an operator without a password go on with a reset after a proof at the provider', async ({
    desk,
    configure,
    signIn,
    backend,
  }) => {
    await desk.call('POST', '/imports/samples', {});
    await configure({ create: true });
    const first = await signIn('dora-at-id');
    const dora = deskOf(backend.ask, first.accessToken);
    const opened = await dora.openCase('m.okafor');
    const started = await dora.startCode(opened.id);
    const { body } = await desk.call<{ mails: { id: string }[] }>('GET', '/outbox');
    const mail = await desk.call<{ text: string }>('GET', `/outbox/${body.mails[0]?.id ?? ''}`);
    const code = (/is (\d{3} \d{3})/.exec(mail.body.text)?.[1] ?? '').replace(' ', '');
    await dora.readBack(started.body.case, code);
    // A quarter of an hour in which the session is used and its operator never asked.
    backend.clock.at += 9 * 60_000;
    await dora.call('GET', `/cases/${opened.id}`);
    const renewed = { refreshToken: first.refreshToken };
    const { accessToken, refreshToken } = (await (
      await backend.ask('POST', '/api/v1/session/refresh', renewed)
    ).json()) as SessionTokens;
    backend.clock.at += 7 * 60_000;
    const later = deskOf(backend.ask, accessToken);
    const grant = await later.mint(opened.id, 'temporary-password');
    expect(grant.body).toMatchObject({ code: 'session.reauthentication-required' });

    const again = await signIn('dora-at-id', { again: true }, { refreshToken });
    const proved = deskOf(backend.ask, again.accessToken);
    const minted = await proved.mint(opened.id, 'temporary-password');
    const { status } = await proved.reset(opened.id, minted.body.id, 'temporary-password', 'press-dora');
    expect(status).toBe(200);
  });

  it('goes back to this computer alone, and is off until it is set up', async ({ start, configure }) => {
    for (const elsewhere of [
      'https://evil.example.com/callback',
      'http://127.0.0.1.evil.example.com:1/callback',
    ])
      expect(await start({ redirectUri: elsewhere })).toMatchObject({ code: 'request.invalid' });
    await configure({ enabled: false });
    expect(await start()).toMatchObject({ code: 'provider.off' });
    expect((await configure({ issuer: 'http://id.example.com' })).body).toMatchObject({
      code: 'request.invalid',
    });
    expect((await configure({ issuer: 'http://127.0.0.1:1' })).status).toBe(200);
    expect(await start()).toMatchObject({ code: 'provider.unavailable' });
  });

  it('lets an operator in again whose account was created anew, once an administrator unlinks them', async ({
    backend,
    desk,
    tokens,
    provider,
    signIn,
    rows,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    await signIn('bob-at-id');
    const linked = (await rows()).find(({ userName }) => userName === 'bob');
    provider.people['bob-anew'] = provider.people['bob-at-id'] ?? {};
    expect(await signIn('bob-anew')).toMatchObject({
      code: 'provider.unknown-operator',
      detail: expect.stringContaining('linked to another account') as string,
    });
    const unlinked = await desk.call<OperatorRow>('POST', `/operators/${linked?.id}/unlink-provider`);
    expect(unlinked).toMatchObject({ status: 200, body: { provider: false, sessions: 0 } });
    expect(await desk.call('POST', `/operators/${linked?.id}/unlink-provider`)).toMatchObject({
      status: 409,
      body: { code: 'operator.not-linked' },
    });
    expect(await signIn('bob-anew')).toHaveProperty('accessToken');
  });

  it('says how many operators another issuer has, and unlinks them', async ({
    backend,
    desk,
    tokens,
    configure,
    signIn,
    rows,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    await signIn('bob-at-id');
    expect((await desk.call('GET', '/settings/provider')).body).toMatchObject({ linkedElsewhere: 0 });
    await configure({ issuer: 'https://new.example.com' });
    expect((await desk.call('GET', '/settings/provider')).body).toMatchObject({ linkedElsewhere: 1 });
    expect((await desk.call('POST', '/settings/provider/unlink-other-issuers')).body).toEqual({
      unlinked: 1,
    });
    expect((await desk.call('GET', '/settings/provider')).body).toMatchObject({ linkedElsewhere: 0 });
    expect((await rows()).filter(({ provider }) => provider)).toEqual([]);
  });

  it('names the claim of the roles that the provider does not send', async ({ configure, signIn }) => {
    await configure({ rolesClaim: 'desk.roles', create: true });
    expect(await signIn('bob-at-id')).toMatchObject({
      code: 'provider.no-role',
      detail: expect.stringContaining('no claim “desk.roles”') as string,
    });
  });

  it('is tested together with its client, and a wrong client secret is reported as such', async ({
    desk,
    configure,
  }) => {
    expect((await desk.call('POST', '/settings/provider/test')).body).toMatchObject({ client: 'accepted' });
    await configure({ secret: 'another secret' });
    expect((await desk.call('POST', '/settings/provider/test')).body).toMatchObject({
      code: 'provider.unavailable',
      detail: expect.stringContaining('does not accept the client ID or its secret') as string,
    });
  });

  it('refuses a disabled operator', async ({ backend, tokens, signIn, desk }) => {
    const { body } = await invite(backend, tokens.accessToken, bob);
    await signIn('bob-at-id');
    await desk.call('PUT', `/operators/${body.id}/state`, { state: 'disabled' });
    expect(await signIn('bob-at-id')).toMatchObject({ code: 'operator.disabled' });
  });
});
