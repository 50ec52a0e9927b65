import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDeskWithSamples } from '../../backend/desk-with-samples.ts';
import type { startTestBackend } from '../../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../../fixtures/mail-sink.ts';
import { browserOf, codeFor, type deskOf } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';

describe('"This was not me"', () => {
  let sink: MailSink;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let call: ReturnType<typeof deskOf>;
  beforeEach(async () => {
    sink = await startMailSink();
    ({ backend, desk: call } = await startDeskWithSamples(sink.url));
  });
  afterEach(async () => {
    await backend.stop();
    await sink.stop();
  });
  const notMeOf = (text = ''): string => /https?:\/\/[^/\s]+(\/not-me\/\S+)/.exec(text)?.[1] ?? '';
  const verified = async () => {
    const view = await call.openCase('m.okafor');
    const started = await call.startCode(view.id);
    await call.readBack(started.body.case, await codeFor(sink, marlene));
    return view;
  };
  const resetByStranger = async () => {
    const view = await verified();
    const grant = await call.mint(view.id, 'temporary-password');
    const { body } = await call.reset(view.id, grant.body.id, 'temporary-password', 'the-press');
    const { text, html } = await sink.mailTo(marlene);
    return { view, temporary: body.temporaryPassword ?? '', path: notMeOf(text), text: text ?? '', html };
  };
  const press = (path: string) =>
    browserOf(backend.ask).go('POST', '/not-me', { token: path.replace('/not-me/', '') });

  it('stands in the mail about a reset, which has no secret and fetches nothing', async () => {
    const { path, temporary, text, html } = await resetByStranger();
    expect(path).toMatch(/^\/not-me\/[\w-]{43}$/);
    expect(text + String(html)).not.toContain(temporary);
    expect(String(html)).toContain(path);
    expect(String(html)).not.toMatch(/<img|<script|<link|url\(|src=/);
  });

  it('does nothing when a mail scanner opens it, and freezes when the owner presses the button', async () => {
    const { path, temporary, view } = await resetByStranger();
    const looked = await browserOf(backend.ask).go('GET', path);
    expect(looked.status).toBe(200);
    expect(looked.text).toContain('Freeze the account');
    expect((await call.call('GET', `/accounts/${view.account.id}`)).body).toMatchObject({ frozen: null });
    const pressed = await press(path);
    expect(pressed.text).toContain('The account is frozen');
    expect((await call.call('GET', `/accounts/${view.account.id}`)).body).toMatchObject({
      frozen: { via: 'not-me' },
      statuses: ['frozen'],
      mustChangePassword: true,
      passwordSetAt: null,
    });
    const tried = await browserOf(backend.ask).signIn('m.okafor', temporary);
    expect(tried.status).toBe(401);
    expect((await sink.mailTo(marlene)).subject).toBe('Your account is frozen');
  });

  it('voids links, sessions and grants, and no reset is possible until an approver lets go', async () => {
    const { path } = await resetByStranger();
    const view = await call.openCase('m.okafor');
    await press(path);
    const refused = await call.mint(view.id, 'temporary-password');
    expect(refused.status).toBe(409);
    const again = (await call.call('GET', `/cases/${view.id}`)).body as {
      actions: { obstacle: string }[];
    };
    expect(again.actions.every(({ obstacle }) => obstacle === 'frozen')).toBe(true);
    // The administrator, who is no approver, cannot let it go.
    const lift = await call.call('POST', `/accounts/${view.account.id}/lift-freeze`, { reason: 'Talked' });
    expect(lift).toMatchObject({ status: 403, body: { code: 'session.not-permitted' } });
  });

  it('ends a session that a stranger opened, also for a grant that was minted before', async () => {
    const { path, temporary, view } = await resetByStranger();
    const stranger = browserOf(backend.ask);
    await stranger.signIn('m.okafor', temporary);
    expect((await stranger.go('GET', '/change-password')).status).toBe(200);
    await press(path);
    expect((await stranger.go('GET', '/change-password')).status).toBe(303);
    expect(view.number).toBe(1);
  });

  it('says so when it is too old, and is not good twice once the account was let go', async () => {
    const { path } = await resetByStranger();
    expect((await press('/not-me/unknown')).status).toBe(410);
    backend.clock.at += 31 * 24 * 3_600_000;
    const old = await browserOf(backend.ask).go('GET', path);
    expect(old.status).toBe(410);
    expect(old.text).toContain('no longer good');
  });

  it('leads to the configured public address, whatever the request said its host was', async () => {
    const view = await call.openCase('m.okafor');
    await backend.ask(
      'POST',
      `/api/v1/cases/${view.id}/checks`,
      { kind: 'emailed-code' },
      {
        authorization: `Bearer ${call.token}`,
        'x-forwarded-host': 'evil.example.net',
        host: 'evil.example.net',
      },
    );
    const { text = '' } = await sink.mailTo(marlene);
    expect(text).toContain(`${backend.address()}/not-me/`);
    expect(text).not.toContain('evil.example.net');
  });
});
