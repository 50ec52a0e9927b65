import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { PolicyDocument, PolicyView } from '../../../shared/api/policy.ts';
import { startDeskWithSamples } from '../../backend/desk-with-samples.ts';
import type { startTestBackend } from '../../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../../fixtures/mail-sink.ts';
import { browserOf, codeFor, type deskOf, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
const fresh = 'marlene.private@example.org';
const password = 'Quiet+Harbour7';
const day = 24 * 3_600_000;

describe('a signed-in user changes how they are reached', () => {
  let sink: MailSink;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let desk: ReturnType<typeof deskOf>;
  let user: ReturnType<typeof browserOf>;
  beforeEach(async () => {
    sink = await startMailSink();
    ({ backend, desk } = await startDeskWithSamples(sink.url));
    user = browserOf(backend.ask);
    // With a link of their own, so that no reset by the help desk came before.
    await user.go('POST', '/forgot-password', { address: marlene });
    const token = (await linkFor(sink, marlene)).split('/').at(-1) ?? '';
    await user.go('POST', '/reset', { token, password, repeated: password });
    // That the password was changed.
    await sink.mailTo(marlene);
    await user.signIn('m.okafor', password);
  });
  afterEach(async () => {
    await backend.stop();
    await sink.stop();
  });

  const changePolicy = async (change: (document: PolicyDocument) => Partial<PolicyDocument>) => {
    const { body } = await desk.call<PolicyView>('GET', '/policy');
    const document = { ...body.document, ...change(body.document) };
    expect((await desk.call('PUT', '/policy', { basedOn: body.version, document })).status).toBe(200);
  };
  const ask = (part: string, value: string, current = password) =>
    user.go('POST', `/account/contact/${part}`, { value, current });
  const changeOf = (to: string | null) => /change=([\w-]+)/.exec(to ?? '')?.[1] ?? '';
  const type = (change: string, code: string) => user.go('POST', '/account/contact/code', { change, code });
  const change = async (part: string, value: string) => {
    const asked = await ask(part, value);
    expect(asked.to).toMatch(/^\/account\/contact\/code\?change=/);
    return type(changeOf(asked.to), await codeFor(sink, value));
  };
  const actions = async () =>
    (await backend.readAudit())
      .filter(({ action }) => action.startsWith('own-change') || action.startsWith('account.'))
      .map(({ action }) => action);

  it('to a new address by the code that was sent there, and both addresses are told', async () => {
    const asked = await ask('email', fresh);
    expect((await user.go('GET', '/account/contact')).text).toContain(marlene);
    expect((await user.go('GET', asked.to ?? '')).text).toContain('m•••••e@example.org');
    const done = await type(changeOf(asked.to), await codeFor(sink, fresh));
    expect(done.to).toBe('/account/contact?said=email');
    const page = (await user.go('GET', '/account/contact')).text;
    expect(page).toContain(fresh);
    expect(page).not.toContain(marlene);
    for (const address of [marlene, fresh]) {
      const mail = await sink.mailTo(address);
      expect(mail.subject).toBe('Your contact data was changed');
      expect(mail.text).toContain('the email address');
      expect(mail.text).toMatch(/\/not-me\/[\w-]{43}/);
    }
    expect(await actions()).toContain('account.contact-changed');
  });

  it('and the new address cannot be used as a check for seven days', async () => {
    await change('email', fresh);
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
      .poll(async () => (await sink.mailTo(fresh)).text)
      .toContain('added to your account only recently');
  });

  it('only with the password, and a wrong one counts as at the sign-in', async () => {
    const refused = await ask('email', fresh, 'not the password');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The password is wrong. Nothing was changed.');
    expect(await actions()).toContain('account.sign-in-failed');
    expect(sink.unread()).not.toContain(fresh);
  });

  it('only from its own form', async () => {
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

  it('by the right code alone, three times at most, and once', async () => {
    const asked = await ask('email', fresh);
    const id = changeOf(asked.to);
    const right = await codeFor(sink, fresh);
    const wrong = right === '000000' ? '111111' : '000000';
    expect((await type(id, wrong)).status).toBe(422);
    expect((await type(id, wrong)).status).toBe(422);
    expect((await type(id, wrong)).to).toBe('/account/contact?said=over');
    expect((await type(id, right)).to).toBe('/account/contact?said=over');
    const again = await ask('email', fresh);
    const code = await codeFor(sink, fresh);
    const both = await Promise.all([type(changeOf(again.to), code), type(changeOf(again.to), code)]);
    expect(both.map(({ to }) => to).toSorted()).toEqual([
      '/account/contact?said=email',
      '/account/contact?said=over',
    ]);
  });

  it('not by a code that is too old, or of somebody else', async () => {
    const asked = await ask('email', fresh);
    const code = await codeFor(sink, fresh);
    backend.clock.at += 5 * 60_000;
    expect((await type(changeOf(asked.to), code)).to).toBe('/account/contact?said=over');
    const stranger = browserOf(backend.ask);
    expect(
      (await stranger.go('POST', '/account/contact/code', { change: changeOf(asked.to), code })).to,
    ).toBe('/login');
  });

  it('not by more than five codes an hour, and says when to try again', async () => {
    for (let number = 0; number < 5; number += 1)
      expect((await ask('email', `number${number}@example.org`)).status).toBe(303);
    const refused = await ask('email', fresh);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Wait an hour');
    backend.clock.at += 3_600_001;
    expect((await ask('email', fresh)).status).toBe(303);
  });

  it('not to what is no address, or on file already', async () => {
    expect((await ask('email', 'nobody')).text).toContain('Write a whole address');
    expect((await ask('email', marlene.toUpperCase())).text).toContain('on file already');
    expect((await ask('phone', 'call me')).text).toContain('6 to 15 digits');
  });

  it('adds recovery addresses, which are told of everything and lead back in when they have rested', async () => {
    await change('recovery-address', fresh);
    for (const address of [marlene, fresh])
      expect((await sink.mailTo(address)).text).toContain('a recovery address was added');
    await change('recovery-address', 'second@example.org');
    for (const address of [marlene, fresh, 'second@example.org']) await sink.mailTo(address);
    expect((await ask('recovery-address', 'third@example.org')).text).toContain(
      'You cannot add another address',
    );

    const view = await desk.openCase('m.okafor');
    expect(view.memory.changedRecently.map(({ what }) => what)).toEqual(['contact']);
    await desk.call('POST', `/cases/${view.id}/refuse`, { reason: 'wrong-answers' });
    for (const address of [marlene, fresh, 'second@example.org'])
      expect((await sink.mailTo(address)).subject).toBe('A password reset was refused');

    const forgot = async () => {
      await user.go('POST', '/forgot-password', { address: fresh });
      return sink.mailTo(fresh);
    };
    expect((await forgot()).subject).toBe('About your password reset request');
    backend.clock.at += 7 * day + 1000;
    const mail = await forgot();
    expect(mail.subject).toBe('Reset your password');
    expect(mail.text).toContain('m.okafor');
  });

  it('removes one, which is told a last time', async () => {
    await change('recovery-address', fresh);
    for (const address of [marlene, fresh]) await sink.mailTo(address);
    const page = (await user.go('GET', '/account/contact')).text;
    const id = /remove\?address=([\w-]+)/.exec(page)?.[1] ?? '';
    const wrong = await user.go('POST', '/account/contact/remove', { address: id, current: 'wrong' });
    expect(wrong.status).toBe(422);
    const done = await user.go('POST', '/account/contact/remove', { address: id, current: password });
    expect(done.to).toBe('/account/contact?said=recovery-address-removed');
    for (const address of [marlene, fresh])
      expect((await sink.mailTo(address)).text).toContain('a recovery address was removed');
    expect((await user.go('GET', '/account/contact')).text).not.toContain(fresh);
  });

  it('to a number that nobody could confirm, told by mail and marked, where no texts are sent', async () => {
    const done = await ask('phone', '+49 30 5550177');
    expect(done.to).toBe('/account/contact?said=phone');
    const mail = await sink.mailTo(marlene);
    expect(mail.text).toContain('the phone number');
    const page = (await user.go('GET', '/account/contact')).text;
    expect(page).toContain('+49 30 5550177');
    expect(page).toContain('Not confirmed');
    const view = await desk.openCase('m.okafor');
    const callBack = view.checks.find(({ kind }) => kind === 'call-back');
    expect(callBack?.obstacle?.reason).toBe('contact-changed');
  });

  describe('where a gateway takes texts', () => {
    let gateway: Server;
    let taken: { to: string; text: string }[];
    let status: number;
    beforeEach(async () => {
      taken = [];
      status = 200;
      gateway = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          taken.push(JSON.parse(Buffer.concat(parts).toString()) as { to: string; text: string });
          response.writeHead(status).end();
        });
      });
      await new Promise<void>((listening) => {
        gateway.listen(0, '127.0.0.1', listening);
      });
      await desk.call('PUT', '/settings/texts', {
        transport: 'gateway',
        method: 'POST',
        url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`,
        headers: [{ name: 'content-type', value: 'application/json' }],
        bodyFormat: 'json',
        body: '{"to":"{{to}}","text":"{{text}}"}',
      });
    });
    afterEach(async () => {
      gateway.closeAllConnections();
      await new Promise((closed) => gateway.close(closed));
    });

    it('to a new number by the code that was texted there', async () => {
      const asked = await ask('phone', '+49 30 5550177');
      expect(taken.map(({ to }) => to)).toEqual(['+49305550177']);
      expect((await user.go('GET', '/account/contact')).text).not.toContain('5550177');
      const code = (/(\d{3} \d{3})/.exec(taken[0]?.text ?? '')?.[1] ?? '').replace(' ', '');
      expect((await type(changeOf(asked.to), code)).to).toBe('/account/contact?said=phone');
      const page = (await user.go('GET', '/account/contact')).text;
      expect(page).toContain('+49 30 5550177');
      expect(page).not.toContain('Not confirmed');
      expect((await sink.mailTo(marlene)).text).toContain('the phone number');
    });

    it('and not where the gateway refuses it, which changes nothing', async () => {
      status = 503;
      const refused = await ask('phone', '+49 30 5550177');
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('No code could be sent to this number. Nothing was changed.');
      expect((await user.go('GET', '/account/contact')).text).not.toContain('5550177');
    });
  });

  it('only as far as the policy allows, and is told where the directory keeps the data itself', async () => {
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
    expect(sink.unread()).not.toContain(fresh);
  });

  it('leaves no code in clear in any table', async () => {
    await ask('email', fresh);
    const code = await codeFor(sink, fresh);
    expect(JSON.stringify(await backend.readTables())).not.toContain(code);
  });
});
