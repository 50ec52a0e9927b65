import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followEvents } from '../../backend/follow-events.ts';
import { startStaffedDesk, type Member, type StaffedDesk } from '../../backend/staffed-desk.ts';

const anyTier = ['standard', 'sensitive', 'privileged'] as const;

describe('a locked console', () => {
  let staff: StaffedDesk;
  let [olga, petra]: Member[] = [];
  beforeEach(async () => {
    staff = await startStaffedDesk();
    olga = await staff.hire('olga', 'Olga Operator', ['operator']);
    petra = await staff.hire('petra', 'Petra Approver', ['approver']);
    await staff.changePolicy(({ approvals }) => ({ approvals: { ...approvals, tiers: [...anyTier] } }));
    // Everybody's session is locked by now, as the backend sees it.
    staff.backend.clock.at += 16 * 60_000;
    await olga.prove();
    await staff.ann.prove();
  });
  afterEach(() => staff.backend.stop());

  const follow = (refreshToken: string) =>
    followEvents(staff.backend, 'POST', '/live/locked', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken }),
    });
  const codeOf = async (path: string, body: object) =>
    ((await (await staff.backend.ask('POST', `/api/v1${path}`, body)).json()) as { code?: string }).code;
  /** Olga verifies a caller and asks for four eyes. */
  const ask = async (who: string) => {
    const opened = await olga!.openCase(who);
    const { body } = await olga!.startCode(opened.id);
    const read = await olga!.readBack(body.case, await staff.lastCode());
    expect(read.body.outcome).toBe('passed');
    const asked = await olga!.call('POST', `/cases/${opened.id}/approvals`, { action: 'temporary-password' });
    expect(asked.status).toBe(200);
  };

  it('tells an approver that a request waits, names nobody, and stays locked', async () => {
    const stream = await follow(petra!.refreshToken());
    expect(await stream.next()).toEqual({ happened: null, waiting: 0 });
    const asked = performance.now();
    await ask('m.okafor');
    expect(await stream.next()).toEqual({ happened: 'approval-asked', waiting: 1 });
    expect(performance.now() - asked).toBeLessThan(2000);
    const refreshToken = petra!.refreshToken();
    expect(await codeOf('/session/refresh', { refreshToken })).toBe('session.idle-locked');
    expect((await petra!.call<{ code: string }>('GET', '/approvals')).body.code).toBe('session.expired');
    // The token was not exchanged: it unlocks, with a proof.
    await petra!.prove();
    expect((await petra!.call('GET', '/approvals')).status).toBe(200);
    await stream.leave();
  });

  it('is locked in the backend too, whoever has its tokens, until its operator has proved themselves', async () => {
    await petra!.prove();
    expect((await petra!.call('GET', '/approvals')).status).toBe(200);
    const stream = await follow(petra!.refreshToken());
    await stream.next();
    const refused = { status: 401, body: { code: 'session.idle-locked' } };
    expect(await petra!.call('GET', '/approvals')).toMatchObject(refused);
    const refreshToken = petra!.refreshToken();
    expect(await codeOf('/session/refresh', { refreshToken })).toBe('session.idle-locked');
    await stream.leave();
    // A console that asks again has not been locked twice.
    const again = await follow(refreshToken);
    await again.next();
    await again.leave();
    const locks = (await staff.backend.readAudit()).filter(
      ({ action }) => action === 'operator.session-locked',
    );
    expect(locks).toMatchObject([{ actor_id: petra!.id, outcome: 'done' }]);
    staff.backend.clock.at += 2 * 60_000;
    await petra!.prove();
    expect((await petra!.call('GET', '/approvals')).status).toBe(200);
  });

  it('counts what waits when it listens again, and hears when it is settled', async () => {
    await ask('m.okafor');
    const stream = await follow(petra!.refreshToken());
    expect(await stream.next()).toEqual({ happened: null, waiting: 1 });
    await petra!.prove();
    const { body } = await petra!.call<{ waiting: { id: string }[] }>('GET', '/approvals');
    const decision = { decision: 'deny', reason: 'Not now' };
    await petra!.call('POST', `/approvals/${body.waiting[0]?.id ?? ''}/decision`, decision);
    expect(await stream.next()).toEqual({ happened: null, waiting: 0 });
    await stream.leave();
  });

  it('tells an operator of no request, and everybody of the raised alert', async () => {
    const paul = await staff.hire('paul', 'Paul Plain', ['operator']);
    const stream = await follow(paul.refreshToken());
    expect(await stream.next()).toEqual({ happened: null, waiting: 0 });
    await ask('m.okafor');
    await petra!.prove();
    const raised = await petra!.call('POST', '/alert', {
      scope: 'all',
      reason: 'Many calls',
      validFor: 3600,
    });
    expect(raised).toMatchObject({ status: 200 });
    expect(await stream.next()).toEqual({ happened: 'alert-raised', waiting: 0 });
    await stream.leave();
  });

  it('gives a token that was exchanged nothing, and takes nothing for it', async () => {
    const old = petra!.refreshToken();
    await petra!.prove();
    expect(await codeOf('/live/locked', { refreshToken: old })).toBe('session.missing');
    expect(await codeOf('/live/locked', { refreshToken: 'x'.repeat(43) })).toBe('session.missing');
    expect((await petra!.call('GET', '/approvals')).status).toBe(200);
  });

  it('ends with its session, which then is over and not merely locked', async () => {
    const stream = await follow(petra!.refreshToken());
    await stream.next();
    await staff.ann.call('POST', `/operators/${petra!.id}/sessions/end`, {});
    expect(await stream.next()).toBeUndefined();
    expect(await codeOf('/live/locked', { refreshToken: petra!.refreshToken() })).toBe('session.expired');
  });
});
