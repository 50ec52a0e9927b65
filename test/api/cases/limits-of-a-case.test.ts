import { describe, expect } from 'vitest';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { codeFor, deskOf } from '../../backend/desk-call.ts';
import { marlene, minute, verifiedTest as it } from './verified-case.ts';

describe('a case', () => {
  it('refuses every reset without assurance and records it', async ({ desk, actions }) => {
    const view = await desk.openCase('m.okafor');
    expect((await desk.mint(view.id, 'temporary-password')).body.code).toBe('assurance.not-enough');
    const made = await desk.reset(view.id, 'a-grant-made-up', 'temporary-password', 'press-curl');
    expect(made).toMatchObject({ status: 403, body: { code: 'assurance.not-enough' } });
    const history = await actions(view.account.id);
    for (const action of ['grant.refused', 'reset.refused']) {
      expect(history).toContainEqual(
        expect.objectContaining({ action, outcome: 'refused', facts: { code: 'assurance.not-enough' } }),
      );
    }
  });

  it('locks the code after three wrong ones of all codes together', async ({ desk, mailSink, backend }) => {
    const view = await desk.openCase('m.okafor');
    const first = await desk.startCode(view.id);
    const right = await codeFor(mailSink, marlene);
    const wrong = right === '000000' ? '000001' : '000000';
    expect((await desk.readBack(first.body.case, wrong)).body.outcome).toBe('wrong');
    expect((await desk.readBack(first.body.case, '12')).status).toBe(400);
    expect((await desk.startCode(view.id)).body.code).toBe('request.rate-limited');
    backend.clock.at += minute;
    const second = await desk.startCode(view.id);
    const now = await codeFor(mailSink, marlene);
    expect((await desk.readBack(first.body.case, right)).body.code).toBe('check.expired');
    const other = now === '000000' ? '000001' : '000000';
    expect((await desk.readBack(second.body.case, other)).body.outcome).toBe('wrong');
    const locked = await desk.readBack(second.body.case, other);
    expect(locked.body.outcome).toBe('locked');
    expect(locked.body.case.checks[0]).toMatchObject({ obstacle: { reason: 'locked-for-case' } });
    expect((await desk.readBack(second.body.case, now)).body.code).toBe('check.locked');
    backend.clock.at += minute;
    expect((await desk.startCode(view.id)).body.code).toBe('check.locked');
  });

  it('lets only an approver go on after three failed checks on an account', async ({ desk, backend }) => {
    for (let denied = 0; denied < 3; denied += 1) {
      const view = await desk.openCase('m.okafor');
      const called = await desk.call<{ case: typeof view; callNumber: string }>(
        'POST',
        `/cases/${view.id}/checks`,
        {
          kind: 'call-back',
        },
      );
      expect(called.body.callNumber).toContain('555 0100');
      const check = called.body.case.checks.find(({ kind }) => kind === 'call-back')?.attempt?.id ?? '';
      await desk.call('POST', `/cases/${view.id}/checks/${check}/answer`, {
        kind: 'call-back',
        outcome: 'denied',
        note: 'She knows of no call.',
      });
      await desk.call('POST', `/cases/${view.id}/refuse`, { reason: 'suspicious' });
      backend.clock.at += minute;
    }
    const view = await desk.openCase('m.okafor');
    expect(view.memory).toMatchObject({ approverOnly: true });
    expect((await desk.startCode(view.id)).body.code).toBe('check.approver-only');
  });

  it('asks for the password again when the last proof is too old, before anything is reset', async ({
    backend,
    verified,
  }) => {
    const { accessToken, refreshToken } = (await (
      await backend.ask('POST', '/api/v1/session', administrator)
    ).json()) as SessionTokens;
    const view = await verified(deskOf(backend.ask, accessToken));
    backend.clock.at += 9 * minute;
    const renewed = (await (
      await backend.ask('POST', '/api/v1/session/refresh', { refreshToken })
    ).json()) as SessionTokens;
    const kept = deskOf(backend.ask, renewed.accessToken);
    await kept.call('GET', `/cases/${view.id}`);
    backend.clock.at += 7 * minute;
    expect((await kept.mint(view.id, 'temporary-password')).body.code).toBe(
      'session.reauthentication-required',
    );
    const proved = (await (
      await backend.ask('POST', '/api/v1/session/reauthenticate', {
        refreshToken: renewed.refreshToken,
        password: administrator.password,
      })
    ).json()) as SessionTokens;
    expect((await deskOf(backend.ask, proved.accessToken).mint(view.id, 'temporary-password')).status).toBe(
      200,
    );
  });

  it('does not count evidence that another session gathered', async ({
    verified,
    backend,
    desk,
    mailSink,
  }) => {
    const view = await verified();
    const { accessToken } = (await (
      await backend.ask('POST', '/api/v1/session', administrator)
    ).json()) as SessionTokens;
    const elsewhere = deskOf(backend.ask, accessToken);
    expect((await elsewhere.mint(view.id, 'temporary-password')).body.code).toBe('assurance.not-enough');
    backend.clock.at += minute;
    const started = await desk.call<{ case: typeof view }>('POST', `/cases/${view.id}/checks`, {
      kind: 'call-back',
    });
    const check = started.body.case.checks.find(({ kind }) => kind === 'call-back')?.attempt?.id ?? '';
    const answer = { kind: 'call-back', outcome: 'confirmed', note: 'Known voice.' };
    expect(
      (await elsewhere.call('POST', `/cases/${view.id}/checks/${check}/answer`, answer)).body,
    ).toMatchObject({ code: 'check.other-session' });
    const again = await elsewhere.startCode(view.id);
    expect(again.body.case.assurance).toMatchObject({ earned: 0, met: false });
    const { body } = await elsewhere.readBack(again.body.case, await codeFor(mailSink, marlene));
    expect(body.case.assurance).toMatchObject({ earned: 60, met: true });
  });

  it('shows contact data in clear only to the operator of an open case', async ({ desk, actions }) => {
    const view = await desk.openCase('m.okafor');
    const unmask = (caseId: string) =>
      desk.call<{ email?: string; code?: string }>('POST', `/accounts/${view.account.id}/contact`, {
        caseId,
      });
    expect((await unmask('no-such-case')).body.code).toBe('case.not-found');
    expect((await unmask(view.id)).body.email).toBe(marlene);
    expect((await actions(view.account.id)).map(({ action }) => action)).toContain(
      'account.contact-unmasked',
    );
    await desk.call('POST', `/cases/${view.id}/close`, {});
    expect((await unmask(view.id)).body.code).toBe('case.ended');
  });

  it('lets a case in which nothing happens for an hour expire', async ({ desk, backend }) => {
    const view = await desk.openCase('m.okafor');
    const refreshed = async () => {
      const tokens = (await (
        await backend.ask('POST', '/api/v1/session', administrator)
      ).json()) as SessionTokens;
      return deskOf(backend.ask, tokens.accessToken);
    };
    backend.clock.at += 61 * minute;
    const later = await refreshed();
    expect((await later.call('GET', `/cases/${view.id}`)).body).toMatchObject({ state: 'expired' });
    expect((await later.startCode(view.id)).body.code).toBe('case.expired');
    expect((await later.openCase('m.okafor')).number).toBe(view.number + 1);
  });
});
