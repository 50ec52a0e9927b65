import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { TemplateName } from '../../../shared/api/mail-template.ts';

describe('the mails of the desk', () => {
  const it = staffedTest
    .extend(
      'inZone',
      ({ staffedDesk }) =>
        (timeZone: string) =>
          staffedDesk.changePolicy(({ deskContact }) => ({ deskContact: { ...deskContact, timeZone } })),
    )
    .extend('reword', ({ staffedDesk }) => async (template: TemplateName, subject: string, body: string) => {
      const path = `/settings/mail/templates/${template}`;
      return staffedDesk.ann.call<{ code?: string; version?: number }>('PUT', path, {
        basedOn: 0,
        words: { subject, body },
      });
    })
    .extend('newest', ({ staffedDesk }) => async (to: string, kind?: string) => {
      const { body } = await staffedDesk.ann.call<{ mails: { id: string; to: string; kind: string }[] }>(
        'GET',
        '/outbox?limit=200',
      );
      const id = body.mails.find((mail) => mail.to === to && mail.kind === (kind ?? mail.kind))?.id ?? 'none';
      return (await staffedDesk.ann.call<{ subject: string; text: string }>('GET', `/outbox/${id}`)).body;
    });

  it('use the administrator’s template for a manager', async ({ inZone, reword, staffedDesk, newest }) => {
    await inZone('Europe/Berlin');
    const words =
      'Dear {{manager}}: {{operator}} asks about {{name}}, until {{until}}.\n\n{{link}}\n\n{{notMe}}';
    expect((await reword('managers-word', 'Your word on {{name}}', words)).body.version).toBe(1);
    const olga = await staffedDesk.hire('olga', 'Olga Operator', ['operator']);
    // Anna Smith is the manager of every account in this one's department.
    const { body: opened } = await olga.call<CaseView>('POST', '/cases', {
      accountId: await olga.accountId('c.celik7'),
    });
    const started = await olga.call<{ code?: string }>('POST', `/cases/${opened.id}/checks`, {
      kind: 'managers-word',
    });
    expect(started).toMatchObject({ status: 200 });
    const mail = await newest('anna.smith0@example.com');
    expect(mail.subject).toBe(`Your word on ${opened.account.displayName}`);
    expect(mail.text).toMatch(
      /^Dear Anna Smith: Olga Operator asks about .*, until 2026-03-01 10:\d\d CET\.\n/,
    );
    const path = /https?:\/\/[^/\s]+(\/managers-word\/\S+)/.exec(mail.text)?.[1] ?? '';
    const page = await (await staffedDesk.backend.ask('GET', path)).text();
    expect(page).toMatch(/<time[^>]*>2026-03-01 10:\d\d CET<\/time>/);
  });

  it('prove the desk to a caller with the three words that the operator sees', async ({
    inZone,
    staffedDesk,
    newest,
  }) => {
    await inZone('America/New_York');
    const olga = await staffedDesk.hire('olga', 'Olga Operator', ['operator']);
    const opened = await olga.openCase('m.okafor');
    const { body } = await olga.call<{ words: string[] }>('POST', `/cases/${opened.id}/phrase`);
    const mail = await newest('marlene.okafor@example.com');
    expect(mail.text).toContain(`Olga Operator from the help desk`);
    expect(mail.text).toContain(body.words.join(' '));
    expect(mail.text).toMatch(/until 2026-03-01 04:\d\d GMT-5/);
  });

  it('invite an operator with the administrator’s template', async ({
    inZone,
    reword,
    staffedDesk,
    newest,
  }) => {
    await inZone('Asia/Kolkata');
    const words = 'Welcome {{name}}, you are {{userName}}. Good until {{until}}:\n\n{{link}}\n\n{{notMe}}';
    await reword('operator-invitation', 'Come in', words);
    await staffedDesk.hire('paul', 'Paul Plain', ['operator']);
    const mail = await newest('paul@example.com', 'operator-link');
    expect(mail.subject).toBe('Come in');
    expect(mail.text).toMatch(
      /^Welcome Paul Plain, you are paul\. Good until 2026-03-04 14:\d\d GMT\+5:30:\n\nhttps?:\/\/\S+\/invitation\/\S+\n\nhttps?:\/\/\S+\/report\/\S+\n+$/,
    );
  });

  it.for([
    ['managers-word', 'Word', '{{name}} {{operator}}', '{{link}} is missing'],
    ['phrase', '{{words}}', '{{words}} {{operator}}', 'belong in the text'],
    ['operator-invitation', 'Hi', '{{userName}} {{link}}', '{{notMe}} is missing'],
    ['operator-password', 'Hi', '{{userName}} {{code}} {{link}} {{notMe}}', '{{code}} is not a placeholder'],
  ] as const)(
    'do not accept a template with a fault: %s',
    async ([template, subject, body, why], { reword }) => {
      const answer = await reword(template, subject, body);
      expect(answer).toMatchObject({ status: 422, body: { code: 'mail.template-invalid' } });
      expect(JSON.stringify(answer.body)).toContain(why);
    },
  );
});
