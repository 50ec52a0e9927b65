import { describe, expect } from 'vitest';
import type { DeliveryChoices } from '../../../shared/api/delivery.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { importCsv } from '../../backend/import-csv.ts';

import { deliveryTest as it, own, signedIn } from './delivery-test.ts';

describe('a temporary password by text message', () => {
  it('goes only to the number by which the caller was verified', async ({
    heard,
    verifiedByText,
    desk,
    grantFor,
    reset,
    secretTexted,
    textGateway,
    backend,
  }) => {
    const view = await verifiedByText();
    const choices = await desk.call<DeliveryChoices>('GET', `/cases/${view.id}/delivery-choices`);
    expect(choices.body.channel).toBe('text');
    expect(choices.body.channels.every(({ obstacle }) => obstacle === null)).toBe(true);
    const grant = await grantFor(view.id);
    const { body } = await reset(view.id, { deliveryMode: 'sealed' }, 'press-text', grant);
    expect(body).toMatchObject({
      temporaryPassword: null,
      reset: { state: 'done', sentBy: 'text', delivery: 'accepted', deliveryMode: 'sealed' },
    });
    expect(body.reset.sentTo).toBe(choices.body.channels[1]?.sentTo);
    const secret = secretTexted();
    expect(secret.length).toBeGreaterThan(15);
    const repeated = await reset(view.id, { deliveryMode: 'sealed' }, 'press-text', grant);
    expect(repeated.body.reset.id).toBe(body.reset.id);
    expect(textGateway.texts).toHaveLength(2);
    expect(heard.join('\n')).not.toContain(secret);
    expect(backend.lines.join('\n')).not.toContain(secret);
    const told = JSON.stringify(await backend.readAudit());
    expect(told).not.toContain(secret);
    expect(told).toContain('text.accepted');
    expect(await browserOf(backend.ask).signIn('m.okafor', secret)).toMatchObject({
      to: '/change-password',
    });
  });

  it('is invalid once the number that it went to is replaced', async ({
    verifiedByText,
    reset,
    secretTexted,
    desk,
    backend,
  }) => {
    await reset((await verifiedByText()).id, { deliveryMode: 'sealed' }, 'press-text');
    const fields = ['userName', 'displayName', 'phone'] as const;
    await importCsv(desk, { csv: 'm.okafor,Marlene Okafor,+49 30 555 0777', fields, source: 'samples' });
    expect((await browserOf(backend.ask).signIn('m.okafor', secretTexted())).to).toBeNull();
  });

  it('can be changed to mail by the operator', async ({
    verifiedByText,
    grantFor,
    reset,
    secretMailed,
    textGateway,
  }) => {
    const view = await verifiedByText();
    const grant = await grantFor(view.id);
    const { body } = await reset(view.id, { deliveryMode: 'split', sentBy: 'mail' }, 'press-mail', grant);
    expect(body.reset).toMatchObject({ sentBy: 'mail', sentTo: 'm•••••r@example.com' });
    expect((await secretMailed()).subject).toContain('Second half');
    expect(textGateway.texts).toHaveLength(1);
    const other = await reset(view.id, { deliveryMode: 'split', sentBy: 'text' }, 'press-mail', grant);
    expect(other.body.code).toBe('reset.key-reused');
  });

  it('that the gateway refuses leaves nothing behind', async ({
    settledUser,
    verified,
    textGateway,
    grantFor,
    reset,
    backend,
    secretTexted,
  }) => {
    await settledUser();
    const view = await verified();
    textGateway.answerWith(503);
    const [grant, wish] = [await grantFor(view.id), { deliveryMode: 'split', sentBy: 'text' }];
    const refused = await reset(view.id, wish, 'press-text', grant);
    expect(refused).toMatchObject({ status: 502, body: { code: 'text.failed' } });
    const repeated = await reset(view.id, wish, 'press-text', grant);
    expect(repeated.body.code).toBe('text.failed');
    textGateway.answerWith(200);
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    const again = await reset(view.id, { deliveryMode: 'split', sentBy: 'text' }, 'press-again');
    expect(again.body.reset).toMatchObject({ state: 'done', sentBy: 'text' });
    const whole = `${again.body.temporaryPassword ?? ''}${secretTexted()}`;
    expect(await browserOf(backend.ask).signIn('m.okafor', whole)).toMatchObject({
      to: '/change-password',
    });
  });
});
