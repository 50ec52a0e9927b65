import { describe, expect } from 'vitest';
import { apiTest as it } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { storeReport } from '../../../backend/messaging/mail/bounces/bounce-folder.ts';
import { readReport } from '../../../backend/messaging/mail/bounces/read-report.ts';

const report = (messageId: string, action = 'failed', envelope = '') =>
  [
    'From: MAILER-DAEMON@mx.example.com',
    'To: desk@example.com',
    'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.com',
    ...(envelope === '' ? [] : [`Original-Envelope-Id: ${envelope}`]),
    '',
    'Final-Recipient: rfc822; marlene.okafor@example.com',
    `Action: ${action}`,
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 <marlene.okafor@example.com>: unknown',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '--b--',
  ].join('\r\n');

describe('a mail that comes back', () => {
  it('is shown at the check that it carried the code for, without the address', async ({
    desk,
    mailSink,
    backend,
  }) => {
    const view = await desk.openCase('m.okafor');
    await desk.startCode(view.id);
    const { messageId = '' } = await mailSink.mailTo('marlene.okafor@example.com');
    await storeReport(backend.dataFolder, report(messageId));
    const attempt = async () =>
      (await desk.call<CaseView>('GET', `/cases/${view.id}`)).body.checks.find(
        ({ kind }) => kind === 'emailed-code',
      )?.attempt;
    await expect.poll(attempt, { timeout: 5000 }).toMatchObject({ delivery: 'bounced' });
    expect((await attempt())?.deliveryAnswer).toMatch(/550 5\.1\.1/);
    expect((await attempt())?.deliveryAnswer).not.toContain('marlene');
  });

  it('is known by its envelope id as well', () => {
    const id = '01234567-89ab-4def-8123-456789abcdef';
    expect(readReport(report('<lost@example.com>', 'failed', id))?.mailId).toBe(id);
    expect(readReport(report(`<${id}@example.com>`))?.mailId).toBe(id);
    expect(readReport(report(`<${id}@example.com>`, 'delayed'))).toBeNull();
    expect(readReport(`Subject: Out of office\r\n\r\nIn-Reply-To: <${id}@example.com>`)).toBeNull();
    expect(readReport(report('<somebody-elses@example.com>'))).toBeNull();
  });
});
