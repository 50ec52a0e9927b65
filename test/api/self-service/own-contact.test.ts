import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { browserOf, codeFor, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
const fresh = 'marlene.private@example.org';
const password = 'Quiet+Harbour7';
const day = 24 * 3_600_000;

describe('a signed-in user changes how they are reached', () => {
  const changeOf = (to: string | null) => /change=([\w-]+)/.exec(to ?? '')?.[1] ?? '';
  const it = apiTest
    .extend('user', ({ backend }) => browserOf(backend.ask))
    .extend(
      'changePolicy',
      ({ desk }) =>
        async (edit: (document: PolicyDocument) => Partial<PolicyDocument>) => {
          const { body } = await desk.call<PolicyView>('GET', '/policy');
          const document = { ...body.document, ...edit(body.document) };
          expect((await desk.call('PUT', '/policy', { basedOn: body.version, document })).status).toBe(200);
        },
    )
    .extend(
      'ask',
      ({ user }) =>
        (part: string, value: string, current = password) =>
          user.go('POST', `/account/contact/${part}`, { value, current }),
    )
    .extend(
      'type',
      ({ user }) =>
        (id: string, code: string) =>
          user.go('POST', '/account/contact/code', { change: id, code }),
    )
    .extend('changeTo', ({ ask, type, mailSink }) => async (part: string, value: string) => {
      const asked = await ask(part, value);
      expect(asked.to).toMatch(/^\/account\/contact\/code\?change=/);
      return type(changeOf(asked.to), await codeFor(mailSink, value));
    })
    .extend(
      'actions',
      ({ backend }) =>
        async () =>
          (await backend.readAudit())
            .filter(({ action }) => action.startsWith('own-change') || action.startsWith('account.'))
            .map(({ action }) => action),
    );
  // The user signs in through a link of their own, so that no reset by the help desk came before.
  it.beforeEach(async ({ user, mailSink }) => {
    await user.go('POST', '/forgot-password', { address: marlene });
    const token = (await linkFor(mailSink, marlene)).split('/').at(-1) ?? '';
    await user.go('POST', '/reset', { token, password, repeated: password });
    // The mail about the changed password.
    await mailSink.mailTo(marlene);
    await user.signIn('m.okafor', password);
  });

  it('to a new address by the code that was sent there', async ({ ask, user, type, mailSink, actions }) => {
    const asked = await ask('email', fresh);
    expect((await user.go('GET', '/account/contact')).text).toContain(marlene);
    expect((await user.go('GET', asked.to ?? '')).text).toContain('m•••••e@example.org');
    const done = await type(changeOf(asked.to), await codeFor(mailSink, fresh));
    expect(done.to).toBe('/account/contact?said=email');
    const page = (await user.go('GET', '/account/contact')).text;
    expect(page).toContain(fresh);
    expect(page).not.toContain(marlene);
    for (const address of [marlene, fresh]) {
      const mail = await mailSink.mailTo(address);
      expect(mail.subject).toBe('Your contact data was changed');
      expect(mail.text).toContain('the email address');
      expect(mail.text).toMatch(/\/not-me\/[\w-]{43}/);
    }
    expect(await actions()).toContain('account.contact-changed');
  });

  it('and the new address cannot be used as a check for seven days', async ({
    changeTo,
    desk,
    backend,
    user,
    mailSink,
  }) => {
    await changeTo('email', fresh);
    const view = await desk.openCase('m.okafor');
    const check = (of: CaseView) => of.checks.find(({ kind }) => kind === 'emailed-code');
    expect(check(view)?.obstacle).toEqual({
      reason: 'contact-changed',
      since: new Date(backend.clock.at).toISOString(),
      until: new Date(backend.clock.at + 7 * day).toISOString(),
    });
    expect((await desk.startCode(view.id)).status).toBe(409);
    await user.go('POST', '/forgot-password', { address: fresh });
    await expect
      .poll(async () => (await mailSink.mailTo(fresh)).text)
      .toContain('added to your account only recently');
  });

  it('only with the right password', async ({ ask, actions, mailSink }) => {
    const refused = await ask('email', fresh, 'not the password');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The password is wrong. Nothing was changed.');
    expect(await actions()).toContain('account.sign-in-failed');
    expect(mailSink.unread()).not.toContain(fresh);
  });

  it('only from its own form', async ({ backend, user }) => {
    const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
    const urlEncoded = { 'content-type': 'application/x-www-form-urlencoded' };
    const signedIn = await backend.ask('POST', '/login', form({ userName: 'm.okafor', password }), {
      ...urlEncoded,
      'sec-fetch-site': 'same-origin',
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const send = (site: string) =>
      backend.ask('POST', '/account/contact/phone', form({ value: '+49 30 5550177', current: password }), {
        ...urlEncoded,
        cookie,
        'sec-fetch-site': site,
      });
    expect((await send('cross-site')).status).toBe(403);
    expect((await user.go('GET', '/account/contact')).text).not.toContain('5550177');
    expect((await send('same-origin')).headers.get('location')).toBe('/account/contact?said=phone');
  });

  it('by the right code alone', async ({ ask, mailSink, type }) => {
    const asked = await ask('email', fresh);
    const id = changeOf(asked.to);
    const right = await codeFor(mailSink, fresh);
    const wrong = right === '000000' ? '111111' : '000000';
    expect((await type(id, wrong)).status).toBe(422);
    expect((await type(id, wrong)).status).toBe(422);
    expect((await type(id, wrong)).to).toBe('/account/contact?said=over');
    expect((await type(id, right)).to).toBe('/account/contact?said=over');
    const again = await ask('email', fresh);
    const code = await codeFor(mailSink, fresh);
    const both = await Promise.all([type(changeOf(again.to), code), type(changeOf(again.to), code)]);
    expect(both.map(({ to }) => to).toSorted()).toEqual([
      '/account/contact?said=email',
      '/account/contact?said=over',
    ]);
  });

  it('not by an expired or another user’s code', async ({ ask, mailSink, backend, type }) => {
    const asked = await ask('email', fresh);
    const code = await codeFor(mailSink, fresh);
    backend.clock.at += 5 * 60_000;
    expect((await type(changeOf(asked.to), code)).to).toBe('/account/contact?said=over');
    const stranger = browserOf(backend.ask);
    expect(
      (await stranger.go('POST', '/account/contact/code', { change: changeOf(asked.to), code })).to,
    ).toBe('/login');
  });

  it('not by more than five codes an hour', async ({ ask, backend }) => {
    for (let number = 0; number < 5; number += 1)
      expect((await ask('email', `number${number}@example.org`)).status).toBe(303);
    const refused = await ask('email', fresh);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Wait an hour');
    backend.clock.at += 3_600_001;
    expect((await ask('email', fresh)).status).toBe(303);
  });

  it('not to a useless address', async ({ ask }) => {
    expect((await ask('email', 'nobody')).text).toContain('Enter a complete email address');
    expect((await ask('email', marlene.toUpperCase())).text).toContain('already on file');
    expect((await ask('phone', 'call me')).text).toContain('6 to 15 digits');
  });

  it('adds recovery addresses that lead back in when they have rested', async ({
    changeTo,
    mailSink,
    ask,
    desk,
    user,
    backend,
  }) => {
    await changeTo('recovery-address', fresh);
    for (const address of [marlene, fresh])
      expect((await mailSink.mailTo(address)).text).toContain('a recovery address was added');
    await changeTo('recovery-address', 'second@example.org');
    for (const address of [marlene, fresh, 'second@example.org']) await mailSink.mailTo(address);
    expect((await ask('recovery-address', 'third@example.org')).text).toContain(
      'You cannot add another address',
    );

    const view = await desk.openCase('m.okafor');
    expect(view.memory.changedRecently.map(({ what }) => what)).toEqual(['contact']);
    await desk.call('POST', `/cases/${view.id}/refuse`, { reason: 'wrong-answers' });
    for (const address of [marlene, fresh, 'second@example.org'])
      expect((await mailSink.mailTo(address)).subject).toBe('A password reset was refused');

    const forgot = async () => {
      await user.go('POST', '/forgot-password', { address: fresh });
      return mailSink.mailTo(fresh);
    };
    expect((await forgot()).subject).toBe('About your password reset request');
    backend.clock.at += 7 * day + 1000;
    const mail = await forgot();
    expect(mail.subject).toBe('Reset your password');
    expect(mail.text).toContain('m.okafor');
  });

  it('removes a recovery address that is told a last time', async ({ changeTo, mailSink, user }) => {
    await changeTo('recovery-address', fresh);
    for (const address of [marlene, fresh]) await mailSink.mailTo(address);
    const page = (await user.go('GET', '/account/contact')).text;
    const id = /remove\?address=([\w-]+)/.exec(page)?.[1] ?? '';
    const wrong = await user.go('POST', '/account/contact/remove', { address: id, current: 'wrong' });
    expect(wrong.status).toBe(422);
    const done = await user.go('POST', '/account/contact/remove', { address: id, current: password });
    expect(done.to).toBe('/account/contact?said=recovery-address-removed');
    for (const address of [marlene, fresh])
      expect((await mailSink.mailTo(address)).text).toContain('a recovery address was removed');
    expect((await user.go('GET', '/account/contact')).text).not.toContain(fresh);
  });

  it('to an unconfirmed number where no text messages are sent', async ({ ask, mailSink, user, desk }) => {
    const done = await ask('phone', '+49 30 5550177');
    expect(done.to).toBe('/account/contact?said=phone');
    const mail = await mailSink.mailTo(marlene);
    expect(mail.text).toContain('the phone number');
    const page = (await user.go('GET', '/account/contact')).text;
    expect(page).toContain('+49 30 5550177');
    expect(page).toContain('Not confirmed');
    const view = await desk.openCase('m.okafor');
    const callBack = view.checks.find(({ kind }) => kind === 'call-back');
    expect(callBack?.obstacle?.reason).toBe('contact-changed');
  });

  describe('where a gateway takes texts', () => {
    it('to a new number by the code that was texted there', async ({
      ask,
      textGateway,
      user,
      type,
      mailSink,
    }) => {
      const asked = await ask('phone', '+49 30 5550177');
      expect(textGateway.texts.map(({ to }) => to)).toEqual(['+49305550177']);
      expect((await user.go('GET', '/account/contact')).text).not.toContain('5550177');
      const code = (/(\d{3} \d{3})/.exec(textGateway.texts[0]?.text ?? '')?.[1] ?? '').replace(' ', '');
      expect((await type(changeOf(asked.to), code)).to).toBe('/account/contact?said=phone');
      const page = (await user.go('GET', '/account/contact')).text;
      expect(page).toContain('+49 30 5550177');
      expect(page).not.toContain('Not confirmed');
      expect((await mailSink.mailTo(marlene)).text).toContain('the phone number');
    });

    it('not where the gateway refuses it', async ({ textGateway, ask, user }) => {
      textGateway.answerWith(503);
      const refused = await ask('phone', '+49 30 5550177');
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('No code could be sent to this number. Nothing was changed.');
      expect((await user.go('GET', '/account/contact')).text).not.toContain('5550177');
    });
  });

  it('only as far as the policy allows', async ({ changePolicy, ask, user, actions, mailSink }) => {
    await changePolicy(({ ownContact }) => ({ ownContact: { ...ownContact, phone: false } }));
    expect((await ask('phone', '+49 30 5550177')).text).toContain('cannot be changed here');
    await changePolicy(({ ownContact }) => ({
      ownContact: {
        ...ownContact,
        directories: ['built-in'],
        where: 'Write to the personnel office at people@example.com.',
        recoveryAddresses: 0,
      },
    }));
    const page = (await user.go('GET', '/account/contact')).text;
    expect(page).toContain('Write to the personnel office at people@example.com.');
    expect(page).not.toContain('/account/contact/email');
    expect((await ask('email', fresh)).text).toContain('cannot be changed here');
    expect((await ask('recovery-address', fresh)).text).toContain('cannot be changed here');
    expect(await actions()).toContain('own-change.refused');
    expect(mailSink.unread()).not.toContain(fresh);
  });

  it('leaves no code in clear in any table', async ({ ask, mailSink, backend }) => {
    await ask('email', fresh);
    const code = await codeFor(mailSink, fresh);
    expect(JSON.stringify(await backend.readTables())).not.toContain(code);
  });
});
