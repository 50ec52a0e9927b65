import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckKind } from '../../../shared/api/check.ts';
import type { DeliveryChoices } from '../../../shared/api/delivery.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { apiTest, marlene } from '../../fixtures/api.ts';

const week = 7 * 24 * 3_600_000;
type Contact = 'email' | 'phone';
/** The checks and channels that use an address or number. */
const uses = {
  email: { checks: ['emailed-code'], channel: 'mail' },
  phone: { checks: ['texted-code', 'call-back'], channel: 'text' },
} as const satisfies Record<Contact, { checks: readonly CheckKind[]; channel: string }>;

describe('contact data that was changed', () => {
  const it = apiTest
    .extend('changed', ({ backend }) => async (contact: Contact, ago: number) => {
      const at = backend.clock.at - ago;
      await backend.changeRows((db) =>
        db
          .updateTable('accounts')
          .set(contact === 'email' ? { email_changed_at: at } : { phone_changed_at: at })
          .where('user_name', '=', 'm.okafor')
          .execute(),
      );
      return new Date(at + week).toISOString();
    })
    .extend('verifiedInPerson', ({ desk }) => async () => {
      const opened = await desk.openCase('m.okafor');
      const path = `/cases/${opened.id}/checks`;
      const { body } = await desk.call<{ case: CaseView }>('POST', path, { kind: 'in-person' });
      const check = body.case.checks.find(({ kind }) => kind === 'in-person')?.attempt?.id ?? '';
      const seen = {
        kind: 'in-person',
        outcome: 'recognised',
        where: 'live-video',
        badge: 'staff-badge',
        lastCharacters: '4711',
        note: 'Same face as on the badge.',
      };
      return (await desk.call<{ case: CaseView }>('POST', `${path}/${check}/answer`, seen)).body.case;
    })
    .extend('resetBy', ({ desk }) => async (view: CaseView, wish: object, key: string) => {
      const { body } = await desk.mint(view.id, 'temporary-password');
      return desk.call<{ code?: string }>(
        'POST',
        `/cases/${view.id}/resets`,
        { grantId: body.id, action: 'temporary-password', ...wish },
        { 'idempotency-key': key },
      );
    });

  describe.each(['email', 'phone'] as const)('of the kind %s', (contact) => {
    const { checks, channel } = uses[contact];

    it('verifies no caller for exactly a week', async ({ desk, changed }) => {
      const until = await changed(contact, week - 1000);
      const cooling = await desk.openCase('m.okafor');
      for (const kind of checks) {
        expect(cooling.checks.find((check) => check.kind === kind)?.obstacle).toMatchObject({
          reason: 'contact-changed',
          until,
        });
        const started = await desk.call<{ code?: string }>('POST', `/cases/${cooling.id}/checks`, { kind });
        expect(started.body.code).toBe('check.unavailable');
      }
      await changed(contact, week);
      const { body } = await desk.call<CaseView>('GET', `/cases/${cooling.id}`);
      for (const kind of checks)
        expect(body.checks.find((check) => check.kind === kind)?.obstacle).toBeNull();
    });

    it('receives no secret for exactly a week', async ({
      desk,
      changed,
      verifiedInPerson,
      resetBy,
      textGateway,
      mailSink,
    }) => {
      mailSink.discard();
      expect(textGateway).toBeDefined();
      const view = await verifiedInPerson();
      await changed(contact, week - 1000);
      const choices = async () =>
        (await desk.call<DeliveryChoices>('GET', `/cases/${view.id}/delivery-choices`)).body.channels;
      expect((await choices()).find((found) => found.channel === channel)?.obstacle).toBe('changed-lately');
      for (const deliveryMode of ['sealed', 'split'])
        expect(
          (await resetBy(view, { deliveryMode, sentBy: channel }, `early-${deliveryMode}`)).body.code,
        ).toBe('reset.no-channel');
      await changed(contact, week);
      expect((await choices()).find((found) => found.channel === channel)?.obstacle).toBeNull();
      expect((await resetBy(view, { deliveryMode: 'sealed', sentBy: channel }, 'in-time-it-is')).status).toBe(
        200,
      );
    });
  });

  it('receives no reset link for exactly a week', async ({ desk, changed, verifiedInPerson }) => {
    const view = await verifiedInPerson();
    await changed('email', week - 1000);
    expect((await desk.mint(view.id, 'reset-link')).body.code).toBe('reset.no-address');
    await changed('email', week);
    expect((await desk.mint(view.id, 'reset-link')).status).toBe(200);
  });

  it('is not sent another link', async ({ desk, backend, changed, verifiedInPerson, mailSink }) => {
    mailSink.discard();
    const view = await verifiedInPerson();
    const grant = await desk.mint(view.id, 'reset-link');
    const { body } = await desk.reset(view.id, grant.body.id, 'reset-link', 'a-link-at-first');
    backend.clock.at += 61_000;
    await changed('email', week - 1000);
    const again = () => desk.call<{ code?: string }>('POST', `/resets/${body.reset.id}/resend`, {});
    expect((await again()).body.code).toBe('reset.no-address');
    await changed('email', week);
    expect((await again()).status).toBe(200);
  });

  it('is sent no link that its owner asks for', async ({ backend, changed, mailSink }) => {
    const request = () => browserOf(backend.ask).go('POST', '/forgot-password', { address: marlene });
    const subject = async () => (await mailSink.mailTo(marlene)).text ?? '';
    await changed('email', week - 1000);
    await request();
    expect(await subject()).not.toContain('/reset/');
    await changed('email', week);
    await request();
    expect(await subject()).toContain('/reset/');
  });
});
