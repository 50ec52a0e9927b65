import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import { client } from '../../fixtures/identity-provider.ts';
import { bob, providerTest as it } from '../../fixtures/provider-desk.ts';
import { invite } from '../../backend/join-operator.ts';

describe('the settings of an identity provider', () => {
  it.beforeEach(async ({ configure }) => {
    await configure({});
  });

  it('are shown without their secret', async ({ backend, desk, provider, configure }) => {
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

  describe('whose issuer has a path', () => {
    it.for([
      ['/realms/desk/', 200],
      ['/realms/other', 502],
      ['/realms/desk/more', 502],
    ] as const)(
      'answer for a provider that describes itself as %s with %i',
      async ([named, status], { desk, configure, onTestFinished }) => {
        const server = createServer(({ url }, response) => {
          if (url !== '/realms/desk/.well-known/openid-configuration') response.statusCode = 404;
          response.setHeader('Content-Type', 'application/json').end(
            JSON.stringify({
              issuer: `${origin}${named}`,
              authorization_endpoint: `${origin}/authorize`,
              token_endpoint: `${origin}/token`,
              jwks_uri: `${origin}/keys`,
            }),
          );
        });
        onTestFinished(() => void server.close());
        await once(server.listen(0, '127.0.0.1'), 'listening');
        const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        await configure({ issuer: `${origin}/realms/desk` });
        expect((await desk.call('POST', '/settings/provider/test')).status).toBe(status);
      },
    );
  });

  it('lets an operator whose account was replaced in again once an administrator unlinks them', async ({
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

  it('can unlink the operators of another issuer', async ({
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

  it('are tested together with the client secret', async ({ desk, configure }) => {
    expect((await desk.call('POST', '/settings/provider/test')).body).toMatchObject({ client: 'accepted' });
    await configure({ secret: 'another secret' });
    expect((await desk.call('POST', '/settings/provider/test')).body).toMatchObject({
      code: 'provider.unavailable',
      detail: expect.stringContaining('does not accept the client ID or its secret') as string,
    });
  });
});
