import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';
import { followEvents } from '../../backend/follow-events.ts';

const anyTier = ['standard', 'sensitive', 'privileged'] as const;

describe('a locked console', () => {
  const it = staffedTest
    .extend(
      'follow',
      ({ staffedDesk }) =>
        (refreshToken: string) =>
          followEvents(staffedDesk.backend, 'POST', '/live/locked', {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ refreshToken }),
          }),
    )
    .extend(
      'codeOf',
      ({ staffedDesk }) =>
        async (path: string, body: object) =>
          (
            (await (await staffedDesk.backend.ask('POST', `/api/v1${path}`, body)).json()) as {
              code?: string;
            }
          ).code,
    )
    // Olga verifies a caller and asks for an approval.
    .extend('ask', ({ operator, staffedDesk }) => async (who: string) => {
      const opened = await operator.openCase(who);
      const { body } = await operator.startCode(opened.id);
      const read = await operator.readBack(body.case, await staffedDesk.lastCode());
      expect(read.body.outcome).toBe('passed');
      const asked = await operator.call('POST', `/cases/${opened.id}/approvals`, {
        action: 'temporary-password',
      });
      expect(asked.status).toBe(200);
    });
  it.beforeEach(async ({ staffedDesk, operator, approver: _signedIn }) => {
    await staffedDesk.changePolicy(({ approvals }) => ({ approvals: { ...approvals, tiers: [...anyTier] } }));
    // The backend has locked every session by now.
    staffedDesk.backend.clock.at += 16 * 60_000;
    await operator.prove();
    await staffedDesk.ann.prove();
  });

  it('tells an approver without names that a request waits', async ({ follow, approver, ask, codeOf }) => {
    const stream = await follow(approver.refreshToken());
    expect(await stream.next()).toEqual({ happened: null, waiting: 0 });
    const asked = performance.now();
    await ask('m.okafor');
    expect(await stream.next()).toEqual({ happened: 'approval-asked', waiting: 1 });
    expect(performance.now() - asked).toBeLessThan(2000);
    const refreshToken = approver.refreshToken();
    expect(await codeOf('/session/refresh', { refreshToken })).toBe('session.idle-locked');
    expect((await approver.call<{ code: string }>('GET', '/approvals')).body.code).toBe('session.expired');
    // The token was not exchanged, so it still unlocks with a proof.
    await approver.prove();
    expect((await approver.call('GET', '/approvals')).status).toBe(200);
    stream.leave();
  });

  it('is locked in the backend too until its operator reauthenticates', async ({
    approver,
    follow,
    codeOf,
    staffedDesk,
  }) => {
    await approver.prove();
    expect((await approver.call('GET', '/approvals')).status).toBe(200);
    const stream = await follow(approver.refreshToken());
    await stream.next();
    const refused = { status: 401, body: { code: 'session.idle-locked' } };
    expect(await approver.call('GET', '/approvals')).toMatchObject(refused);
    const refreshToken = approver.refreshToken();
    expect(await codeOf('/session/refresh', { refreshToken })).toBe('session.idle-locked');
    stream.leave();
    // A repeated request has not locked the session twice.
    const again = await follow(refreshToken);
    await again.next();
    again.leave();
    const locks = (await staffedDesk.backend.readAudit()).filter(
      ({ action }) => action === 'operator.session-locked',
    );
    expect(locks).toMatchObject([{ actor_id: approver.id, outcome: 'done' }]);
    staffedDesk.backend.clock.at += 2 * 60_000;
    await approver.prove();
    expect((await approver.call('GET', '/approvals')).status).toBe(200);
  });

  it('counts waiting requests when it listens again', async ({ ask, follow, approver }) => {
    await ask('m.okafor');
    const stream = await follow(approver.refreshToken());
    expect(await stream.next()).toEqual({ happened: null, waiting: 1 });
    await approver.prove();
    const { body } = await approver.call<{ waiting: { id: string }[] }>('GET', '/approvals');
    const decision = { decision: 'deny', reason: 'Not now' };
    await approver.call('POST', `/approvals/${body.waiting[0]?.id ?? ''}/decision`, decision);
    expect(await stream.next()).toEqual({ happened: null, waiting: 0 });
    stream.leave();
  });

  it('tells an operator without the right of no request', async ({ staffedDesk, follow, ask, approver }) => {
    const paul = await staffedDesk.hire('paul', 'Paul Plain', ['operator']);
    const stream = await follow(paul.refreshToken());
    expect(await stream.next()).toEqual({ happened: null, waiting: 0 });
    await ask('m.okafor');
    await approver.prove();
    const raised = await approver.call('POST', '/alert', {
      scope: 'all',
      reason: 'Many calls',
      validFor: 3600,
    });
    expect(raised).toMatchObject({ status: 200 });
    expect(await stream.next()).toEqual({ happened: 'alert-raised', waiting: 0 });
    stream.leave();
  });

  it('survives a refresh token that was exchanged already', async ({ approver, codeOf }) => {
    const old = approver.refreshToken();
    await approver.prove();
    expect(await codeOf('/live/locked', { refreshToken: old })).toBe('session.missing');
    expect(await codeOf('/live/locked', { refreshToken: 'x'.repeat(43) })).toBe('session.missing');
    expect((await approver.call('GET', '/approvals')).status).toBe(200);
  });

  it('ends with its session', async ({ follow, approver, staffedDesk, codeOf }) => {
    const stream = await follow(approver.refreshToken());
    await stream.next();
    await staffedDesk.ann.call('POST', `/operators/${approver.id}/sessions/end`, {});
    expect(await stream.next()).toBeUndefined();
    expect(await codeOf('/live/locked', { refreshToken: approver.refreshToken() })).toBe('session.expired');
  });
});
