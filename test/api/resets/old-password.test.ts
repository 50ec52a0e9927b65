import { describe, expect } from 'vitest';
import { browserOf } from '../../backend/desk-call.ts';

import { deliveryTest as it, own, signedIn } from './delivery-test.ts';

describe('the old password beside a temporary one', () => {
  it('the old password and its sessions end at once if another person may have it', async ({
    settledUser,
    verified,
    reset,
    backend,
  }) => {
    const session = await settledUser();
    const view = await verified('perhaps-compromised');
    const { body } = await reset(view.id, {});
    expect(body.reset).toMatchObject({ oldPassword: 'dies-now', sessionsEnded: 1 });
    expect((await browserOf(backend.ask).signIn('m.okafor', own)).status).toBe(401);
    expect(await session.go('GET', '/account')).toMatchObject({ to: '/login' });
  });

  it('a forgotten password stays in force until the temporary one is used', async ({
    settledUser,
    verified,
    reset,
    backend,
    timeline,
  }) => {
    const session = await settledUser();
    const view = await verified('forgotten');
    const { body } = await reset(view.id, {});
    expect(body.reset).toMatchObject({ oldPassword: 'works-until-used', sessionsEnded: 0 });
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    expect((await session.go('GET', '/account')).status).toBe(200);

    const fresh = browserOf(backend.ask);
    expect(await fresh.signIn('m.okafor', body.temporaryPassword ?? '')).toMatchObject({
      to: '/change-password',
    });
    expect((await browserOf(backend.ask).signIn('m.okafor', own)).status).toBe(401);
    expect(await session.go('GET', '/account')).toMatchObject({ to: '/login' });
    expect((await fresh.choose(own)).text).toContain('You have used it before');
    expect(await fresh.choose('Other-lantern-7')).toMatchObject({ to: '/account?said=changed' });
    expect(await timeline(view.account.id)).toContain('account.old-password-retired');
  });

  it('a forgotten one outlives an unused temporary one', async ({
    settledUser,
    verified,
    reset,
    backend,
  }) => {
    await settledUser();
    const view = await verified('forgotten');
    const { body } = await reset(view.id, {});
    backend.clock.at += 61 * 60_000;
    const late = await browserOf(backend.ask).signIn('m.okafor', body.temporaryPassword ?? '');
    expect(late.text).toContain('has expired');
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    expect((await browserOf(backend.ask).signIn('m.okafor', body.temporaryPassword ?? '')).status).toBe(401);
  });

  it('revoked, leaves a forgotten one in force, with its sessions', async ({
    settledUser,
    verified,
    reset,
    desk,
    backend,
  }) => {
    const session = await settledUser();
    const view = await verified('forgotten');
    const { body } = await reset(view.id, {});
    const revoked = await desk.call('POST', `/resets/${body.reset.id}/revoke`, {});
    expect(revoked).toMatchObject({ status: 200, body: { use: 'revoked' } });
    expect((await session.go('GET', '/account')).status).toBe(200);
    expect((await browserOf(backend.ask).signIn('m.okafor', body.temporaryPassword ?? '')).status).toBe(401);
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    expect((await desk.call('GET', `/accounts/${view.account.id}`)).body).toMatchObject({
      mustChangePassword: false,
    });
  });
});
