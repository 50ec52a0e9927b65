import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { browserOf, codeFor, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
const minute = 60_000;

describe('a reset link on its way', () => {
  const it = apiTest
    .extend(
      'issue',
      ({ desk, mailSink }) =>
        async (action: 'reset-link' | 'temporary-password' = 'reset-link') => {
          const view = await desk.openCase('m.okafor');
          const started = await desk.startCode(view.id);
          await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
          const grant = await desk.mint(view.id, action);
          const { body } = await desk.reset(view.id, grant.body.id, action, 'the-press-of-it');
          return { view, reset: body.reset, temporary: body.temporaryPassword ?? '' };
        },
    )
    .extend(
      'caseOf',
      ({ desk }) =>
        async (id: string) =>
          (await desk.call<CaseView>('GET', `/cases/${id}`)).body,
    )
    .extend(
      'open',
      ({ backend }) =>
        (path: string) =>
          browserOf(backend.ask).go('GET', path),
    );

  it('is shown as accepted with the server’s answer, then as opened, then as used', async ({
    issue,
    mailSink,
    caseOf,
    open,
    backend,
  }) => {
    const { view } = await issue();
    const path = await linkFor(mailSink, marlene);
    expect((await caseOf(view.id)).resets[0]).toMatchObject({
      delivery: 'accepted',
      deliveryAnswer: expect.stringContaining('250') as string,
      use: 'none',
    });
    await open(path);
    expect((await caseOf(view.id)).resets[0]).toMatchObject({ use: 'link-fetched' });
    const token = path.replace('/reset/', '');
    const password = 'Quiet+Harbour7';
    await browserOf(backend.ask).go('POST', '/reset', { token, password, repeated: password });
    expect((await caseOf(view.id)).resets[0]).toMatchObject({ use: 'password-set' });
  });

  it('arrives once after the server said "not now"', async ({ mailSink, desk, backend, open }) => {
    mailSink.refuse(null);
    const view = await desk.openCase('m.okafor');
    const started = await desk.startCode(view.id);
    await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
    const grant = await desk.mint(view.id, 'reset-link');
    mailSink.refuse(451);
    const { body } = await desk.reset(view.id, grant.body.id, 'reset-link', 'the-press-of-it');
    expect(body.reset).toMatchObject({
      state: 'done',
      delivery: 'queued',
      deliveryAnswer: expect.stringContaining('451') as string,
      nextAttemptAt: expect.any(String) as string,
    });
    await backend.restart();
    mailSink.refuse(null);
    backend.clock.at += minute;
    const path = await linkFor(mailSink, marlene);
    expect((await open(path)).status).toBe(200);
  });

  it('ends as failed when the server refuses it permanently after a wait', async ({
    desk,
    mailSink,
    backend,
    caseOf,
  }) => {
    const view = await desk.openCase('m.okafor');
    const started = await desk.startCode(view.id);
    await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
    const grant = await desk.mint(view.id, 'reset-link');
    mailSink.refuse(451);
    await desk.reset(view.id, grant.body.id, 'reset-link', 'the-press-of-it');
    mailSink.refuse(550);
    backend.clock.at += minute;
    await expect
      .poll(async () => (await caseOf(view.id)).resets[0], { timeout: 5000 })
      .toMatchObject({ state: 'failed', delivery: 'failed' });
    const links = await backend.readTable('reset_links');
    expect(links?.map((link) => link['voided_at'])).toEqual([expect.any(Number)]);
    expect((await desk.mint(view.id, 'temporary-password')).status).toBe(200);
  });

  it('is sent again at most three times', async ({ issue, mailSink, desk, backend, open, caseOf }) => {
    const { reset, view } = await issue();
    const first = await linkFor(mailSink, marlene);
    const resend = () => desk.call<{ code?: string }>('POST', `/resets/${reset.id}/resend`, {});
    expect((await resend()).body.code).toBe('request.rate-limited');
    backend.clock.at += minute;
    expect((await resend()).body).toMatchObject({ resent: 1, delivery: 'accepted', use: 'none' });
    const second = await linkFor(mailSink, marlene);
    expect((await open(first)).status).toBe(410);
    expect((await open(second)).status).toBe(200);
    for (let more = 2; more <= 3; more += 1) {
      backend.clock.at += minute;
      expect((await resend()).body).toMatchObject({ resent: more });
    }
    backend.clock.at += minute;
    expect((await resend()).body.code).toBe('request.rate-limited');
    expect((await caseOf(view.id)).resets).toHaveLength(1);
  });

  it.for([
    ['expired', 'account.expired', { expires_at: 1 }],
    ['not started', 'account.not-started', { starts_at: 4_102_444_800_000 }],
  ] as const)(
    'is not sent again while its account has %s',
    async ([, code, row], { issue, desk, backend }) => {
      const { reset } = await issue();
      backend.clock.at += minute;
      await backend.changeRows((db) =>
        db.updateTable('accounts').set(row).where('email_key', '=', marlene).execute(),
      );
      const again = await desk.call<{ code?: string }>('POST', `/resets/${reset.id}/resend`, {});
      expect(again.body.code).toBe(code);
    },
  );

  it('is valid no longer than the first one when it is sent again', async ({
    issue,
    mailSink,
    desk,
    backend,
    open,
  }) => {
    const issuedAt = backend.clock.at;
    const { reset } = await issue();
    await linkFor(mailSink, marlene);
    backend.clock.at += minute;
    await desk.call('POST', `/resets/${reset.id}/resend`, {});
    const second = await linkFor(mailSink, marlene);
    backend.clock.at = issuedAt + 24 * 60 * minute - minute / 2;
    expect((await open(second)).status).toBe(200);
    backend.clock.at += minute;
    expect((await open(second)).status).toBe(410);
  });

  it('is useless once it is revoked', async ({ issue, mailSink, desk, open, backend }) => {
    const { reset, view } = await issue();
    const path = await linkFor(mailSink, marlene);
    expect((await desk.call('POST', `/resets/${reset.id}/revoke`, {})).body).toMatchObject({
      use: 'revoked',
    });
    expect((await open(path)).status).toBe(410);
    backend.clock.at += minute;
    const again = await desk.call<{ code?: string }>('POST', `/resets/${reset.id}/resend`, {});
    expect(again.body.code).toBe('reset.settled');
    expect((await desk.mint(view.id, 'reset-link')).status).toBe(200);
  });

  it('follows the same rules for revocation as a temporary password', async ({ issue, desk, backend }) => {
    const { reset, temporary } = await issue('temporary-password');
    expect((await desk.call('POST', `/resets/${reset.id}/revoke`, {})).body).toMatchObject({
      use: 'revoked',
    });
    expect((await browserOf(backend.ask).signIn('m.okafor', temporary)).status).toBe(401);
    const twice = await desk.call<{ code?: string }>('POST', `/resets/${reset.id}/revoke`, {});
    expect(twice.body.code).toBe('reset.settled');
  });
});
