import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import { pngOf } from '../../../backend/messaging/branding/png-for-test.ts';

const png = pngOf({ width: 400, height: 120 });
const contact = { organisation: 'Example & Sons', phone: '', email: '', hours: '', timeZone: '' };
const template = { subject: 'Your code', body: 'Hello {{name}},\n\n{{code}}\n\n{{notMe}}' };

describe('the organisation’s logo', () => {
  const it = apiTest
    .extend('setLogo', ({ desk }) => async () => {
      const body = { image: png.toString('base64') };
      expect(await desk.call('PUT', '/settings/logo', body)).toMatchObject({ status: 200 });
    })
    .extend('testMail', ({ desk, mailSink }) => async () => {
      const body = { to: 'ann@example.com', ...template };
      const answer = await desk.call('POST', '/settings/mail/templates/code/test', body);
      expect(answer).toMatchObject({ status: 200, body: { delivery: 'accepted' } });
      return mailSink.mailTo('ann@example.com');
    });

  it('is part of each mail, which fetches nothing and has the same plain text', async ({
    setLogo,
    testMail,
  }) => {
    const before = await testMail();
    expect(before.attachments).toEqual([]);
    expect(before.html).not.toMatch(/<img|<!--logo/u);
    await setLogo();
    const mail = await testMail();
    expect(mail.attachments).toMatchObject([
      { contentType: 'image/png', contentDisposition: 'inline', related: true, content: png },
    ]);
    // The parser shows the attached picture where the mail refers to it.
    expect(mail.html).toContain(
      `<img class="logo" src="data:image/png;base64,${png.toString('base64')}" width="160" height="48" alt="Reset Desk"`,
    );
    expect(String(mail.html).match(/(?:src|background)="(?!data:)|url\(/gu)).toBeNull();
    expect(mail.text).toBe(before.text);
  });

  it('has the organisation’s name as its text', async ({ setLogo, desk, testMail }) => {
    const { body: policy } = await desk.call<{ version: number; document: object }>('GET', '/policy');
    const document = { ...policy.document, deskContact: contact };
    await desk.call('PUT', '/policy', { basedOn: policy.version, document });
    await setLogo();
    expect((await testMail()).html).toContain('alt="Example &amp; Sons"');
  });

  it('is shown in the preview of a template', async ({ setLogo, desk }) => {
    const preview = async () =>
      (await desk.call<{ html: string }>('POST', '/settings/mail/templates/code/preview', template)).body
        .html;
    expect(await preview()).not.toMatch(/<img|<!--logo/u);
    await setLogo();
    expect(await preview()).toContain('<img class="logo" src="data:image/png;base64,');
  });
});
