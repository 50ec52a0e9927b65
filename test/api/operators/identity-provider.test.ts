import { randomBytes } from 'node:crypto';
import { describe, expect } from 'vitest';
import { signInAt } from '../../fixtures/identity-provider.ts';
import { bob, providerTest as it } from '../../fixtures/provider-desk.ts';
import { invite } from '../../backend/join-operator.ts';

describe('sign-in with an identity provider', () => {
  it.beforeEach(async ({ configure }) => {
    await configure({});
  });

  it('gives a known operator the roles of the claim', async ({ backend, tokens, signIn, rows, provider }) => {
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

  it.for([401, 403])(
    'is done without the user info that is answered with %s where the ID token says enough, and refused where it does not',
    async (status, { backend, tokens, signIn, provider }) => {
      await invite(backend, tokens.accessToken, bob);
      provider.refuseUserInfo(status);
      expect(await signIn('bob-at-id')).toMatchObject({ code: 'provider.refused' });
      provider.sayInToken({ preferred_username: 'bob', groups: ['desk', 'leads'] });
      expect(await signIn('bob-at-id')).toMatchObject({
        session: { operator: { userName: 'bob', roles: ['operator', 'approver'] } },
      });
    },
  );

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

  it('creates an operator for an unknown person only where that is allowed', async ({
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

  it('recognises people by addresses and domains as Entra ID sends them, where the settings allow it', async ({
    backend,
    tokens,
    provider,
    configure,
    signIn,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    provider.people['entra'] = {
      preferred_username: 'bob@corp.example.com',
      groups: ['desk'],
      email: 'bob@example.com',
    };
    expect(await signIn('entra')).toMatchObject({ code: 'provider.unknown-operator' });
    const refused = (await backend.readAudit()).findLast(
      ({ action }) => action === 'operator.sign-in-failed',
    );
    expect(JSON.parse(refused?.facts ?? '{}')).toMatchObject({
      why: 'provider.unknown-operator',
      subject: 'entra',
      userName: 'bob@corp.example.com',
    });
    await configure({ userNameDomains: 'corp.example.com' });
    expect(await signIn('entra')).toMatchObject({ session: { operator: { userName: 'bob' } } });
  });

  it('says that groups were left out because there are too many', async ({ provider, signIn, configure }) => {
    await configure({ create: true });
    provider.people['many'] = { preferred_username: 'many', name: 'Many Groups', hasgroups: true };
    const answer = await signIn('many');
    expect(answer).toMatchObject({ code: 'provider.no-role' });
  });

  it('takes the issuer that the provider names where only a slash at its end differs', async ({
    backend,
    tokens,
    provider,
    configure,
    signIn,
  }) => {
    await invite(backend, tokens.accessToken, bob);
    await configure({ issuer: `${provider.issuer}/` });
    expect(await signIn('bob-at-id')).toMatchObject({ session: { operator: { userName: 'bob' } } });
  });

  it('leaves the last administrator their role, whatever the claim says', async ({ signIn }) => {
    expect(await signIn('ann-at-id')).toMatchObject({
      session: { operator: { roles: ['operator', 'administrator'] } },
    });
  });

  it('accepts an answer once with the right state, issuer and verifier', async ({
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
    // The answer to one start, submitted with another start's ticket.
    const [a, b] = [await back(), await start()];
    expect(await finish(b, String(a.query))).toMatchObject(refused);
    const denied = await start();
    expect(
      await finish(denied, `error=access_denied&state=${denied.state}&iss=${provider.issuer}`),
    ).toMatchObject(refused);
  });

  it('returns to this computer alone', async ({ start, configure }) => {
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

  it('refuses a disabled operator', async ({ backend, tokens, signIn, desk }) => {
    const { body } = await invite(backend, tokens.accessToken, bob);
    await signIn('bob-at-id');
    await desk.call('PUT', `/operators/${body.id}/state`, { state: 'disabled' });
    expect(await signIn('bob-at-id')).toMatchObject({ code: 'operator.disabled' });
  });
});
