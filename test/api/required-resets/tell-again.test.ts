import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { RequiredResetView } from '../../../shared/api/required-reset.ts';
import { browserOf, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
const password = 'Quiet+Harbour7';
const day = 24 * 3_600_000;

describe('a required reset', () => {
  const it = apiTest
    .extend('require', ({ desk, backend }) => async (names: readonly string[]) => {
      const id = randomUUID();
      const { status } = await desk.call('POST', '/required-resets', {
        id,
        audience: { kind: 'list', names },
        reason: 'Passwords of another service were stolen.',
        dueAt: new Date(backend.clock.at + 14 * day).toISOString(),
      });
      expect(status).toBe(200);
      return id;
    })
    .extend(
      'counts',
      ({ desk }) =>
        async (id: string) =>
          (await desk.call<RequiredResetView>('GET', `/required-resets/${id}`)).body.counts,
    )
    .extend(
      'again',
      ({ desk }) =>
        (id: string) =>
          desk.call<RequiredResetView & { code?: string }>('POST', `/required-resets/${id}/tell-again`),
    )
    .extend(
      'mailsOf',
      ({ backend }) =>
        async () =>
          (await backend.readTable('mails')).filter(({ kind }) => kind === 'required-reset').length,
    );

  it('sends one more mail only to users whose mail did not arrive', async ({
    mailSink,
    require,
    counts,
    again,
    backend,
    mailsOf,
  }) => {
    mailSink.refuse(550);
    const id = await require([marlene]);
    await expect.poll(async () => (await counts(id))['not-told'], { timeout: 10_000 }).toBe(1);
    mailSink.refuse(null);
    expect((await again(id)).body.counts).toMatchObject({ waiting: 1, 'not-told': 0 });
    expect((await mailSink.mailTo(marlene)).subject).toBe('Your organisation requires a new password');
    await expect.poll(async () => (await counts(id)).told, { timeout: 10_000 }).toBe(1);
    // Users who were notified are not notified again.
    expect((await again(id)).body.counts).toMatchObject({ told: 1, waiting: 0 });
    backend.clock.at += 120_000;
    await expect.poll(mailsOf).toBe(2);
    const actions = (await backend.readAudit()).map(({ action }) => action);
    expect(actions.filter((action) => action === 'required-reset.told')).toHaveLength(2);
    expect(actions).toContain('required-reset.told-again');
  }, 30_000);

  describe('on a desk that keeps its mails in the outbox', () => {
    const keeping = it.override('mailUrl', () => undefined);
    keeping(
      'counts no user as told, and tells them once mails leave',
      async ({ desk, mailSink, require, counts, again, mailsOf }) => {
        const id = await require([marlene]);
        await expect.poll(mailsOf, { timeout: 10_000 }).toBe(1);
        await expect.poll(async () => (await counts(id))['not-told'], { timeout: 10_000 }).toBe(1);
        expect((await counts(id)).told).toBe(0);
        const smtp = {
          transport: 'smtp',
          host: '127.0.0.1',
          port: mailSink.port,
          security: 'none',
          userName: '',
          from: 'desk@example.com',
        };
        expect((await desk.call('PUT', '/settings/mail', smtp)).status).toBe(200);
        await again(id);
        expect((await mailSink.mailTo(marlene)).subject).toBe('Your organisation requires a new password');
        await expect.poll(async () => (await counts(id)).told, { timeout: 10_000 }).toBe(1);
      },
      30_000,
    );
  });

  it('sends one mail when it is pressed twice', async ({
    mailSink,
    require,
    counts,
    again,
    mailsOf,
    desk,
  }) => {
    mailSink.refuse(550);
    const id = await require([marlene]);
    await expect.poll(async () => (await counts(id))['not-told'], { timeout: 10_000 }).toBe(1);
    mailSink.refuse(null);
    await Promise.all([again(id), again(id), again(id)]);
    await mailSink.mailTo(marlene);
    await expect.poll(async () => (await counts(id)).told, { timeout: 10_000 }).toBe(1);
    expect(await mailsOf()).toBe(2);
    await desk.call('POST', `/required-resets/${id}/stop`, { reason: 'Enough.' });
    const refused = await again(id);
    expect([refused.status, refused.body.code]).toEqual([409, 'required-reset.ended']);
  }, 30_000);

  it('needs a fresh proof to notify again', async ({ require, backend, again }) => {
    const id = await require([marlene]);
    backend.clock.at += 16 * 60_000;
    expect((await again(id)).status).not.toBe(200);
  });

  it('leads an open session to the change with its next page', async ({ backend, mailSink, require }) => {
    const user = browserOf(backend.ask);
    await user.go('POST', '/forgot-password', { address: marlene });
    const token = (await linkFor(mailSink, marlene)).split('/').at(-1) ?? '';
    await user.go('POST', '/reset', { token, password, repeated: password });
    await user.signIn('m.okafor', password);
    expect((await user.go('GET', '/account')).status).toBe(200);
    await require([marlene]);
    for (const path of ['/account', '/account/contact', '/account/sessions'])
      expect((await user.go('GET', path)).to).toBe('/change-password');
    const page = await user.go('GET', '/change-password');
    expect(page.text).toContain('Passwords of another service were stolen.');
    const stranger = await user.choose('Meadow+Lantern41');
    expect(stranger.status).toBe(422);
    expect(stranger.text).toContain('The current password is wrong.');
    const chosen = { current: password, password: 'Meadow+Lantern41', repeated: 'Meadow+Lantern41' };
    expect((await user.go('POST', '/change-password', chosen)).to).toBe('/account?said=changed');
    expect((await user.go('GET', '/account')).status).toBe(200);
  });
});
