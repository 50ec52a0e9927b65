import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { browserOf, codeFor, deskOf, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
const minute = 60_000;

describe('the main job', () => {
  const it = apiTest
    .extend('verified', ({ desk, mailSink }) => async (by = desk) => {
      const opened = await by.openCase('m.okafor', { reason: 'forgotten' });
      const started = await by.startCode(opened.id);
      const code = await codeFor(mailSink, marlene);
      const { body } = await by.readBack(started.body.case, code);
      expect(body.outcome).toBe('passed');
      return body.case;
    })
    .extend('actions', ({ desk }) => async (accountId: string) => {
      const { body } = await desk.call<{ entries: { action: string; facts: object }[] }>(
        'GET',
        `/accounts/${accountId}/timeline?limit=200`,
      );
      return body.entries;
    });

  it('ends with a temporary password that must be changed at the first sign-in', async ({
    verified,
    desk,
    backend,
    actions,
  }) => {
    const view = await verified();
    expect(view.assurance).toMatchObject({ earned: 60, needed: 60, met: true, closing: [] });
    const grant = await desk.mint(view.id, 'temporary-password');
    const { body } = await desk.reset(view.id, grant.body.id, 'temporary-password', 'press-one');
    const temporary = body.temporaryPassword ?? '';
    expect(body.reset).toMatchObject({ state: 'done', action: 'temporary-password', use: 'none' });

    const browser = browserOf(backend.ask);
    expect(await browser.signIn('m.okafor', temporary)).toMatchObject({
      status: 303,
      to: '/change-password',
    });
    expect(await browser.go('GET', '/account')).toMatchObject({ to: '/change-password' });
    expect((await browser.choose(temporary)).text).toContain('or it is your temporary password');
    expect((await browser.choose('Marlene-2026!')).text).toContain('It contains part of your name');
    expect((await browser.choose('Quiet+Harbour7', 'Quiet+Harbour8')).text).toContain(
      'The two passwords do not match',
    );
    expect(await browser.choose('Quiet+Harbour7')).toMatchObject({
      status: 303,
      to: '/account?said=changed',
    });
    expect((await browser.go('GET', '/account?said=changed')).text).toContain('Your new password is set');

    const other = browserOf(backend.ask);
    expect((await other.signIn('m.okafor', temporary)).status).toBe(401);
    expect(await other.signIn('m.okafor', 'Quiet+Harbour7')).toMatchObject({ to: '/account/review' });

    const done = await desk.call('POST', `/resets/${body.reset.id}/hand-over`, {});
    expect(done.body).toMatchObject({ use: 'password-set' });
    const history = (await actions(view.account.id)).map(({ action }) => action);
    for (const action of [
      'case.opened',
      'check.passed',
      'grant.minted',
      'reset.done',
      'account.password-changed',
      'case.closed',
    ]) {
      expect(history).toContain(action);
    }
    expect(JSON.stringify(await actions(view.account.id))).not.toContain(temporary);
    expect(backend.lines.join('\n')).not.toContain(temporary);
  });

  it('ends with a reset link that works once, and that opening does not use up', async ({
    verified,
    desk,
    mailSink,
    backend,
  }) => {
    const view = await verified();
    const grant = await desk.mint(view.id, 'reset-link');
    const { body } = await desk.reset(view.id, grant.body.id, 'reset-link', 'press-link');
    expect(body).toMatchObject({
      temporaryPassword: null,
      reset: { state: 'done', sentTo: 'm•••••r@example.com' },
    });
    const path = await linkFor(mailSink, marlene);
    const browser = browserOf(backend.ask);
    expect([await browser.go('GET', path), await browser.go('GET', path)]).toMatchObject([
      { status: 200 },
      { status: 200 },
    ]);
    const form = {
      token: path.replace('/reset/', ''),
      password: 'Quiet+Harbour7',
      repeated: 'Quiet+Harbour7',
    };
    expect((await browser.go('POST', '/reset', { ...form, repeated: 'other' })).status).toBe(422);
    expect(await browser.go('POST', '/reset', form)).toMatchObject({
      status: 303,
      to: '/reset/done',
    });
    expect((await browser.go('POST', '/reset', form)).status).toBe(410);
    expect((await browser.go('GET', path)).status).toBe(410);
    expect(await browser.signIn('m.okafor', 'Quiet+Harbour7')).toMatchObject({ to: '/account/review' });
  });

  it('keeps a link for 24 hours and not a minute longer', async ({ verified, desk, mailSink, backend }) => {
    const view = await verified();
    const grant = await desk.mint(view.id, 'reset-link');
    await desk.reset(view.id, grant.body.id, 'reset-link', 'press-link');
    const path = await linkFor(mailSink, marlene);
    backend.clock.at += 24 * 60 * minute - 1000;
    expect((await browserOf(backend.ask).go('GET', path)).status).toBe(200);
    backend.clock.at += 1000;
    expect((await browserOf(backend.ask).go('GET', path)).status).toBe(410);
  });

  it('makes one password of a call that is repeated, at once or later', async ({
    verified,
    desk,
    actions,
  }) => {
    const view = await verified();
    const grant = await desk.mint(view.id, 'temporary-password');
    const press = () => desk.reset(view.id, grant.body.id, 'temporary-password', 'same-press');
    const answers = [...(await Promise.all([press(), press(), press()])), await press()];
    expect(new Set(answers.map(({ body }) => body.temporaryPassword)).size).toBe(1);
    expect((await actions(view.account.id)).filter(({ action }) => action === 'reset.done')).toHaveLength(1);
    expect((await desk.reset(view.id, grant.body.id, 'reset-link', 'same-press')).body.code).toBe(
      'reset.key-reused',
    );
    expect((await desk.reset(view.id, grant.body.id, 'temporary-password', 'other-press')).body.code).toBe(
      'grant.spent',
    );
    expect((await desk.mint(view.id, 'temporary-password')).body.code).toBe('request.conflict');
  });

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

  it('locks the code after three wrong ones, and a new code buys no tries', async ({
    desk,
    mailSink,
    backend,
  }) => {
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

  it('names the last reset in the next case of the account, with who made it', async ({
    verified,
    desk,
    backend,
  }) => {
    const first = await verified();
    const grant = await desk.mint(first.id, 'temporary-password');
    await desk.reset(first.id, grant.body.id, 'temporary-password', 'press-one');
    expect((await desk.call<CaseView>('GET', `/cases/${first.id}`)).body.memory.lastReset).toBeNull();
    const at = new Date(backend.clock.at).toISOString();
    await desk.call('POST', `/cases/${first.id}/close`, {});
    backend.clock.at += minute;
    const next = await desk.openCase('m.okafor');
    expect(next.memory).toMatchObject({ resets7d: 1, lastReset: { at, own: true } });
    expect((await desk.openCase('c.celik7')).memory.lastReset).toBeNull();
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

  it('counts no evidence that another session gathered, and lets the check be done again', async ({
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

  it('forgets an answer that a restart took along, and may be done again on the same evidence', async ({
    verified,
    desk,
    backend,
  }) => {
    const view = await verified();
    const grant = await desk.mint(view.id, 'temporary-password');
    const lost = await desk.reset(view.id, grant.body.id, 'temporary-password', 'press-lost');
    await backend.restart();
    expect((await desk.reset(view.id, grant.body.id, 'temporary-password', 'press-lost')).body.code).toBe(
      'reset.secret-gone',
    );
    // Known to be done: what is lost is the password alone.
    const { body: lostView } = await desk.call<CaseView>('GET', `/cases/${view.id}`);
    expect(lostView.resets).toMatchObject([{ state: 'done', secretLost: true }]);
    const { body: list } = await desk.call<{ cases: { result: string }[] }>('GET', '/cases');
    expect(list.cases.map(({ result }) => result)).toEqual(['not-shown']);
    const again = await desk.mint(view.id, 'temporary-password');
    const second = await desk.reset(view.id, again.body.id, 'temporary-password', 'press-again');
    expect(second.status).toBe(200);
    const browser = browserOf(backend.ask);
    expect((await browser.signIn('m.okafor', lost.body.temporaryPassword ?? '')).status).toBe(401);
    expect((await browser.signIn('m.okafor', second.body.temporaryPassword ?? '')).to).toBe(
      '/change-password',
    );
  });

  it('shows contact data in clear to the operator of an open case alone, and records it', async ({
    desk,
    actions,
  }) => {
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

  it('refuses a link when the mail server does, and lets the case go on', async ({
    verified,
    desk,
    mailSink,
  }) => {
    const view = await verified();
    const grant = await desk.mint(view.id, 'reset-link');
    mailSink.refuse(550);
    expect((await desk.reset(view.id, grant.body.id, 'reset-link', 'press-link')).body.code).toBe(
      'mail.failed',
    );
    expect((await desk.reset(view.id, grant.body.id, 'reset-link', 'press-link')).body.code).toBe(
      'mail.failed',
    );
    expect((await desk.mint(view.id, 'temporary-password')).status).toBe(200);
  });

  it('refuses a form that another site made', async ({ backend }) => {
    const answer = await backend.ask('POST', '/login', 'userName=m.okafor&password=x', {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'cross-site',
    });
    expect(answer.status).toBe(403);
  });

  it('shows what was typed as text, and runs nothing', async ({ backend }) => {
    const name = '"><script>alert(1)</script>';
    const { text, headers } = await browserOf(backend.ask).signIn(name, 'x');
    expect(text).not.toContain('<script>');
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('shows the desk what the day brought', async ({ verified, backend, desk }) => {
    const view = await verified();
    const dayStart = new Date(backend.clock.at - 60 * minute).toISOString();
    const { body } = await desk.call('GET', `/desk?dayStart=${encodeURIComponent(dayStart)}`);
    expect(body).toMatchObject({
      accounts: 500,
      open: [{ number: view.number, result: 'verified' }],
      today: { cases: 1, resets: 0 },
    });
    expect((await desk.call('GET', '/cases?whose=all')).body).toMatchObject({
      cases: [{ id: view.id }],
      more: false,
    });
  });
});
