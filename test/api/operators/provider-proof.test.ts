import { describe, expect } from 'vitest';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { bob, providerTest as it } from '../../fixtures/provider-desk.ts';
import { deskOf } from '../../backend/desk-call.ts';
import { invite } from '../../backend/join-operator.ts';

describe('a proof at the identity provider', () => {
  it.beforeEach(async ({ configure }) => {
    await configure({});
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

  it('is refused unless it is newer than the request', async ({ backend, tokens, signIn, provider }) => {
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
    // For a quarter of an hour the session is used without a proof by its operator.
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
});
