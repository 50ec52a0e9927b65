import { describe, expect } from 'vitest';
import { newBackendTest, staffedTest } from '../../fixtures/api.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { administrator as firstAdministrator } from '../../backend/start-test-backend.ts';
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
    const { userName, password } = firstAdministrator;
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

describe('a live event that names an account', () => {
  const it = staffedTest.extend(
    'hearsOfFlag',
    ({ backend, staffedDesk, administrator, operator, approver }) =>
      // Whether the approver hears of a suspicious call after this change of them as an operator.
      async (change: object) => {
        const stream = await followEvents(backend, 'GET', '/live', {
          headers: { authorization: `Bearer ${approver.accessToken()}` },
        });
        await administrator.prove();
        const changed = await administrator.call('PATCH', `/operators/${approver.id}`, change);
        expect(changed.status).toBe(200);
        const opened = await operator.openCase('m.okafor');
        await operator.call('POST', `/cases/${opened.id}/refuse`, { reason: 'suspicious' });
        await staffedDesk.changePolicy((document) => document);
        const heard: unknown[] = [];
        for (let type = ''; type !== 'policy-changed'; heard.push(type))
          type = ((await stream.next()) as { readonly type?: string } | undefined)?.type ?? 'policy-changed';
        stream.leave();
        return heard.includes('account-flagged');
      },
  );
  const scope = (departments: readonly string[]) => ({ scope: { departments, tiers: [], directories: [] } });

  it('reaches an approver whose scope has it', async ({ hearsOfFlag }) => {
    expect(await hearsOfFlag({ displayName: 'Petra Renamed' })).toBe(true);
  });

  it('does not reach an approver whose scope has just been narrowed', async ({ hearsOfFlag }) => {
    expect(await hearsOfFlag(scope(['Nowhere']))).toBe(false);
  });
});
