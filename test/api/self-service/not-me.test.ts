import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import { browserOf, codeFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';

describe('"This was not me"', () => {
  const notMeOf = (text = ''): string => /https?:\/\/[^/\s]+(\/not-me\/\S+)/.exec(text)?.[1] ?? '';
  const it = apiTest
    .extend('verified', ({ desk, mailSink }) => async () => {
      const view = await desk.openCase('m.okafor');
      const started = await desk.startCode(view.id);
      await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
      return view;
    })
    .extend('resetByStranger', ({ verified, desk, mailSink }) => async () => {
      const view = await verified();
      const grant = await desk.mint(view.id, 'temporary-password');
      const { body } = await desk.reset(view.id, grant.body.id, 'temporary-password', 'the-press');
      const { text, html } = await mailSink.mailTo(marlene);
      return { view, temporary: body.temporaryPassword ?? '', path: notMeOf(text), text: text ?? '', html };
    })
    .extend(
      'press',
      ({ backend }) =>
        (path: string) =>
          browserOf(backend.ask).go('POST', '/not-me', {
            token: path.replace('/not-me/', ''),
            confirmed: 'yes',
          }),
    );

  it('is in the mail about a reset', async ({ resetByStranger }) => {
    const { path, temporary, text, html } = await resetByStranger();
    expect(path).toMatch(/^\/not-me\/[\w-]{43}$/);
    expect(text + String(html)).not.toContain(temporary);
    expect(String(html)).toContain(path);
    expect(String(html)).not.toMatch(/<img|<script|<link|url\(|src=/);
  });

  it('freezes only when the owner presses the button', async ({
    resetByStranger,
    backend,
    desk,
    press,
    mailSink,
  }) => {
    const { path, temporary, view } = await resetByStranger();
    const looked = await browserOf(backend.ask).go('GET', path);
    expect(looked.status).toBe(200);
    expect(looked.text).toContain('Freeze the account');
    expect((await desk.call('GET', `/accounts/${view.account.id}`)).body).toMatchObject({ frozen: null });
    const pressed = await press(path);
    expect(pressed.text).toContain('The account is frozen');
    expect((await desk.call('GET', `/accounts/${view.account.id}`)).body).toMatchObject({
      frozen: { via: 'not-me' },
      statuses: ['frozen'],
      mustChangePassword: true,
      passwordSetAt: null,
    });
    const tried = await browserOf(backend.ask).signIn('m.okafor', temporary);
    expect(tried.status).toBe(401);
    expect((await mailSink.mailTo(marlene)).subject).toBe('Your account is frozen');
  });

  it('voids links, sessions and grants', async ({ resetByStranger, desk, press }) => {
    const { path } = await resetByStranger();
    const view = await desk.openCase('m.okafor');
    await press(path);
    const refused = await desk.mint(view.id, 'temporary-password');
    expect(refused.status).toBe(409);
    const again = (await desk.call('GET', `/cases/${view.id}`)).body as {
      actions: { obstacle: string }[];
    };
    expect(again.actions.every(({ obstacle }) => obstacle === 'frozen')).toBe(true);
    // The administrator, who is not an approver, cannot lift it.
    const lift = await desk.call('POST', `/accounts/${view.account.id}/lift-freeze`, { reason: 'Talked' });
    expect(lift).toMatchObject({ status: 403, body: { code: 'session.not-permitted' } });
  });

  it('ends a session that a stranger opened', async ({ resetByStranger, backend, press }) => {
    const { path, temporary, view } = await resetByStranger();
    const stranger = browserOf(backend.ask);
    await stranger.signIn('m.okafor', temporary);
    expect((await stranger.go('GET', '/change-password')).status).toBe(200);
    await press(path);
    expect((await stranger.go('GET', '/change-password')).status).toBe(303);
    expect(view.number).toBe(1);
  });

  it('says so when it is too old', async ({ resetByStranger, press, backend }) => {
    const { path } = await resetByStranger();
    expect((await press('/not-me/unknown')).status).toBe(410);
    backend.clock.at += 31 * 24 * 3_600_000;
    const old = await browserOf(backend.ask).go('GET', path);
    expect(old.status).toBe(410);
    expect(old.text).toContain('This link is not valid');
  });

  it('leads to the configured public address, whatever Host header the request had', async ({
    desk,
    backend,
    mailSink,
  }) => {
    const view = await desk.openCase('m.okafor');
    await backend.ask(
      'POST',
      `/api/v1/cases/${view.id}/checks`,
      { kind: 'emailed-code' },
      {
        authorization: `Bearer ${desk.token}`,
        'x-forwarded-host': 'evil.example.net',
        host: 'evil.example.net',
      },
    );
    const { text = '' } = await mailSink.mailTo(marlene);
    expect(text).toContain(`${backend.address()}/not-me/`);
    expect(text).not.toContain('evil.example.net');
  });
});
