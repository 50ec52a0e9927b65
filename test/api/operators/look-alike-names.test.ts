import { createHash, randomBytes } from 'node:crypto';
import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import { client, signInAt, startIdentityProvider } from '../../fixtures/identity-provider.ts';

const scope = { departments: [], tiers: [], directories: [] };
const redirectUri = 'http://127.0.0.1:45678/callback';

describe('an operator cannot be given the looks of another one', () => {
  const it = newBackendTest
    .extend(
      'invite',
      ({ desk }) =>
        (userName: string, displayName: string) =>
          desk.call<OperatorRow & { code?: string }>('POST', '/operators', {
            userName,
            displayName,
            email: `${Buffer.from(userName).toString('hex')}@example.com`,
            roles: ['operator'],
            scope,
          }),
    )
    .extend('ace', ({ invite }) => invite('ace', 'Ace Cope'))
    .extend('signInAs', ({ backend, desk }) => async (claims: Record<string, unknown>) => {
      const provider = await startIdentityProvider({ person: claims });
      await desk.call('PUT', '/settings/provider', {
        enabled: true,
        name: 'Example ID',
        issuer: provider.issuer,
        clientId: client.clientId,
        scopes: 'openid profile email',
        userNameClaim: 'preferred_username',
        rolesClaim: 'groups',
        roles: [{ value: 'desk', role: 'operator' }],
        matchBy: 'user-name',
        create: true,
        secondFactor: 'provider',
        secret: client.secret,
      });
      const post = async <T>(path: string, body: object) =>
        (await (await backend.ask('POST', `/api/v1/session/provider${path}`, body)).json()) as T;
      const verifier = randomBytes(32).toString('base64url');
      const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
      const { ticket, url } = await post<{ ticket: string; url: string }>('', { redirectUri, codeChallenge });
      const { search } = await signInAt(url, 'person');
      const finished = await post<{
        code?: string;
        session?: { operator: { userName: string; displayName: string } };
      }>('/finish', { ticket, verifier, query: search.slice(1) });
      await provider.stop();
      return finished;
    });

  it.for([
    ['ace\u200B', 'Other Name', 'operator.user-name-taken'],
    ['\u202Eace', 'Other Name', 'operator.user-name-taken'],
    ['асе', 'Other Name', 'operator.name-confusable'],
    ['αсе', 'Other Name', 'request.invalid'],
    ['other', 'Асе Соре', 'operator.name-confusable'],
    ['other', 'Aсe Cope', 'request.invalid'],
    ['other', 'Ace Cope\r\nBcc: x@example.com', 'request.invalid'],
    ['other\u0000', 'Other Name', 'request.invalid'],
  ] as const)('by an invitation as %j, %j: %s', async ([userName, displayName, code], { ace, invite }) => {
    expect(ace.status).toBe(200);
    expect((await invite(userName, displayName)).body).toMatchObject({ code });
  });

  it('by an edit of the name', async ({ ace, desk, invite }) => {
    expect(ace.status).toBe(200);
    const { body } = await invite('other', 'Other Name');
    const edit = (displayName: string) =>
      desk.call<OperatorRow & { code?: string }>('PATCH', `/operators/${body.id}`, { displayName });
    expect((await edit('Асе Соре')).body.code).toBe('operator.name-confusable');
    expect((await edit('Other\u200B Name\u202E')).body.displayName).toBe('Other Name');
  });

  it('but may have the same name as another one', async ({ ace, invite }) => {
    expect(ace.status).toBe(200);
    expect((await invite('other', 'Ace Cope')).status).toBe(200);
  });

  it.for([
    ['асе', 'Other Name'],
    ['other', 'Асе Соре'],
    ['aсe2', 'Other Name'],
  ] as const)('by claims of the identity provider: %s, %s', async ([userName, name], { ace, signInAs }) => {
    expect(ace.status).toBe(200);
    expect(await signInAs({ preferred_username: userName, name, groups: ['desk'] })).toMatchObject({
      code: 'provider.unknown-operator',
    });
  });

  it('while unseen characters in claims are left out', async ({ signInAs }) => {
    expect(
      await signInAs({ preferred_username: 'dora\u200B', name: 'Dora\u202E\r\nExample', groups: ['desk'] }),
    ).toMatchObject({ session: { operator: { userName: 'dora', displayName: 'Dora Example' } } });
  });
});
