import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { followEvents } from '../../backend/follow-events.ts';

describe('the live events', () => {
  const it = newBackendTest.extend(
    'follow',
    ({ backend }) =>
      (token: string) =>
        followEvents(backend, 'GET', '/live', { headers: { authorization: `Bearer ${token}` } }),
  );

  it('are refused to a stranger', async ({ backend, follow }) => {
    const { accessToken } = await backend.setUp();
    expect((await follow('x'.repeat(43))).status).toBe(401);
    expect((await follow(accessToken)).status).toBe(200);
  });

  it('tell a console that the policy has changed', async ({ backend, follow }) => {
    const { accessToken } = await backend.setUp();
    const stream = await follow(accessToken);
    const headers = { authorization: `Bearer ${accessToken}` };
    const policy = (await (await backend.ask('GET', '/api/v1/policy', undefined, headers)).json()) as {
      version: number;
      document: object;
    };
    const body = { basedOn: policy.version, document: policy.document };
    expect((await backend.ask('PUT', '/api/v1/policy', body, headers)).status).toBe(200);
    expect(await stream.next()).toEqual({ type: 'policy-changed' });
    await backend.restart();
    expect(await stream.next()).toBeUndefined();
  });

  it('end with the session', async ({ backend, follow }) => {
    const { accessToken } = await backend.setUp();
    const { userName, password } = administrator;
    const other = (await (
      await backend.ask('POST', '/api/v1/session', { userName, password })
    ).json()) as SessionTokens;
    const stream = await follow(other.accessToken);
    const headers = { authorization: `Bearer ${accessToken}` };
    const sessionId = other.session.id;
    expect((await backend.ask('POST', '/api/v1/me/sessions/end', { sessionId }, headers)).status).toBe(200);
    expect(await stream.next()).toEqual({ type: 'session-ended', sessionId });
    expect(await stream.next()).toBeUndefined();
  });
});
