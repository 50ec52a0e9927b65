import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { browserOf, linkFor } from '../../backend/desk-call.ts';
import { marlene, minute, verifiedTest as it } from './verified-case.ts';

describe('the main job', () => {
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

  it('ends with a reset link that sets one password, however often it is opened', async ({
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

  it('allows another reset after a restart lost the answer of the first', async ({
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
    // The reset is known to be done; only the password is lost.
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

  it('continues after the mail server refused a link', async ({ verified, desk, mailSink }) => {
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

  it('shows what was typed as text', async ({ backend }) => {
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
