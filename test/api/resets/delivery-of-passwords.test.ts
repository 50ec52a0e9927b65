import { describe, expect } from 'vitest';
import type { DeliveryChoices } from '../../../shared/api/delivery.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { importCsv } from '../../backend/import-csv.ts';

import { deliveryTest as it, own, signedIn } from './delivery-test.ts';

describe('how a temporary password reaches its user', () => {
  it('sealed: only the mail has it', async ({
    heard,
    verified,
    reset,
    secretMailed,
    desk,
    timeline,
    backend,
  }) => {
    const view = await verified();
    const { body } = await reset(view.id, { deliveryMode: 'sealed' });
    expect(body).toMatchObject({
      temporaryPassword: null,
      reset: { deliveryMode: 'sealed', state: 'done', sentTo: 'm•••••r@example.com' },
    });
    const { secret } = await secretMailed();
    expect((await reset(view.id, { deliveryMode: 'sealed' })).body.temporaryPassword ?? null).toBeNull();
    for (const way of ['shown', 'copied', 'spelled']) {
      const seen = await desk.call('POST', `/resets/${body.reset.id}/reveals`, { way });
      expect(seen).toMatchObject({ status: 409, body: { code: 'reset.sealed' } });
    }
    const shown = await desk.call('GET', `/cases/${view.id}`);
    expect(shown.body).toMatchObject({ resets: [{ deliveryMode: 'sealed', state: 'done' }] });
    await desk.call('POST', `/resets/${body.reset.id}/hand-over`, {});
    expect(await timeline(view.account.id)).toContain('reset.secret-sent');
    expect(heard.join('\n')).not.toContain(secret);
    expect(backend.lines.join('\n')).not.toContain(secret);
    const browser = browserOf(backend.ask);
    expect(await browser.signIn('m.okafor', secret)).toMatchObject({ to: '/change-password' });
    expect(await browser.choose(own)).toMatchObject({ to: '/account?said=changed' });
  });

  it('split: only both halves together sign in', async ({
    heard,
    verified,
    reset,
    secretMailed,
    backend,
  }) => {
    const view = await verified();
    const { body } = await reset(view.id, { deliveryMode: 'split' });
    const spoken = body.temporaryPassword ?? '';
    const { secret: sent } = await secretMailed();
    expect(spoken).toMatch(/^[A-Z][a-z]+-(?:[a-z]+-){3}$/);
    expect(sent).toMatch(/^(?:[a-z]+-){3}\d\d$/);
    expect(heard.join('\n')).toContain(spoken);
    expect(heard.join('\n')).not.toContain(sent);
    const browser = browserOf(backend.ask);
    for (const half of [spoken, sent]) expect((await browser.signIn('m.okafor', half)).status).toBe(401);
    expect(await browser.signIn('m.okafor', `${spoken}${sent}`)).toMatchObject({ to: '/change-password' });
  });

  it('is chosen from what the policy allows', async ({ verified, desk, reset }) => {
    const view = await verified('perhaps-compromised');
    const { body } = await desk.call<DeliveryChoices>('GET', `/cases/${view.id}/delivery-choices`);
    expect(body).toEqual({
      credentials: [{ credential: 'password', obstacle: null }],
      modes: ['spoken', 'sealed', 'split'].map((mode) => ({ mode, obstacle: null })),
      mode: 'spoken',
      channels: [
        { channel: 'mail', sentTo: 'm•••••r@example.com', obstacle: null },
        { channel: 'text', sentTo: expect.stringContaining('•') as string, obstacle: 'stays-here' },
      ],
      channel: 'mail',
      fates: ['dies-now', 'works-until-used'],
      fate: 'dies-now',
    });
    const { temporaryPassword } = defaultPolicy;
    const document = {
      ...defaultPolicy,
      temporaryPassword: {
        ...temporaryPassword,
        modes: ['sealed', 'split'],
        defaultModes: { standard: 'sealed', sensitive: 'sealed', privileged: 'split' },
      },
    };
    expect((await desk.call('PUT', '/policy', { basedOn: 1, document })).status).toBe(200);
    const spoken = await reset(view.id, { deliveryMode: 'spoken' }, 'press-two');
    expect(spoken).toMatchObject({ status: 403, body: { code: 'reset.delivery-not-allowed' } });
    expect((await reset(view.id, {})).body).toMatchObject({
      temporaryPassword: null,
      reset: { deliveryMode: 'sealed', oldPassword: 'dies-now' },
    });
  });

  it.for(['sealed', 'split'] as const)(
    'is invalid, %s, once the address that it was mailed to is replaced',
    async (deliveryMode, { verified, reset, secretMailed, desk, backend }) => {
      const view = await verified();
      const { body } = await reset(view.id, { deliveryMode });
      const { secret } = await secretMailed();
      const whole = `${body.temporaryPassword ?? ''}${secret}`;
      const fields = ['userName', 'displayName', 'email'] as const;
      const csv = 'm.okafor,Marlene Okafor,another.mailbox@example.com';
      const signedInBefore = browserOf(backend.ask);
      expect((await signedInBefore.signIn('m.okafor', whole)).to).toBe('/change-password');
      await importCsv(desk, { csv, fields, source: 'samples' });
      expect((await browserOf(backend.ask).signIn('m.okafor', whole)).to).toBeNull();
      expect((await signedInBefore.choose(own)).to).toBe('/login?said=over');
    },
  );

  it.extend('mailUrl', (): string | undefined => undefined)(
    'is not sealed where an operator could read the outbox',
    async ({ desk }) => {
      const opened = await desk.openCase('m.okafor');
      const { body } = await desk.call<DeliveryChoices>('GET', `/cases/${opened.id}/delivery-choices`);
      expect(body.modes).toEqual([
        { mode: 'spoken', obstacle: null },
        { mode: 'sealed', obstacle: 'no-channel' },
        { mode: 'split', obstacle: 'no-channel' },
      ]);
    },
  );

  it('that is refused by the mail server leaves the old password in force', async ({
    settledUser,
    verified,
    mailSink,
    reset,
    backend,
    secretMailed,
  }) => {
    await settledUser();
    const view = await verified();
    mailSink.refuse(550);
    const refused = await reset(view.id, { deliveryMode: 'sealed', oldPassword: 'works-until-used' });
    expect(refused).toMatchObject({ status: 502, body: { code: 'mail.failed' } });
    mailSink.refuse(null);
    const credentials = await backend.readTable('account_credentials');
    const kept = credentials?.find((row) => row['account_id'] === view.account.id);
    expect(kept).toMatchObject({ reset_id: null, old_hash: null });
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    const again = await reset(view.id, { deliveryMode: 'sealed' }, 'press-again');
    expect(again.body.reset).toMatchObject({ state: 'done' });
    const { secret } = await secretMailed();
    expect(await browserOf(backend.ask).signIn('m.okafor', secret)).toMatchObject({ to: '/change-password' });
  });
});
