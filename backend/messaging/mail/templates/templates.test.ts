import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { templateNames } from '../../../../shared/api/mail-template.ts';
import { openSqlite } from '../../../store/open-sqlite.ts';
import { createStore, type Store } from '../../../store/store.ts';
import { findTemplateFaults } from './check-template.ts';
import { renderMail } from './render-mail.ts';
import { defaultTemplates } from './default-templates.ts';
import { createTemplates } from './templates.ts';

const origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann' },
  clientAddress: null,
  client: null,
} as const;

describe('a mail template', () => {
  let store: Store;
  beforeEach(async () => {
    store = createStore(await openSqlite(':memory:'), () => 1000);
  });
  afterEach(() => store.close());

  it.each(templateNames)('of the product keeps its own rules: %s', (name) => {
    expect(findTemplateFaults(name, defaultTemplates[name])).toEqual([]);
  });

  it.each([
    [
      'an unknown placeholder',
      'Hi',
      '{{link}} {{notMe}} {{password}}',
      'body.body',
      '{{password}} is not a placeholder',
    ],
    ['a missing link', 'Hi', 'Hello {{name}} {{notMe}}', 'body.body', '{{link}} is missing'],
    ['a missing way to say that it was not me', 'Hi', '{{link}}', 'body.body', '{{notMe}} is missing'],
    ['a link in the subject', '{{link}}', '{{link}} {{notMe}}', 'body.subject', 'belong in the text'],
    ['an empty subject', ' ', '{{link}} {{notMe}}', 'body.subject', 'Enter a text'],
    ['a brace that is not closed', 'Hi', '{{link}} {{notMe}} {{name', 'body.body', 'not closed'],
    [
      'a second header',
      'Hi\r\nBcc: all@example.com',
      '{{link}} {{notMe}}',
      'body.subject',
      'must be one line',
    ],
  ])('is refused with words for %s', (_name, subject, body, path, message) => {
    expect(findTemplateFaults('reset-link', { subject, body })).toContainEqual({
      path,
      message: expect.stringContaining(message) as string,
    });
  });

  it('shows what comes from outside as text, in both parts', () => {
    const { text, html } = renderMail('reset-link', defaultTemplates['reset-link'], {
      name: '<script>alert(1)</script> {{link}}',
      link: 'https://desk.example.com/reset/a?b="c"',
      notMe: 'https://desk.example.com/not-me/a',
      contact: 'Help desk: 1',
    });
    expect(text).toContain('Hello <script>alert(1)</script> {{link}},');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script');
    expect(html).toContain('href="https://desk.example.com/reset/a?b=&quot;c&quot;"');
  });

  it('can be restored to the product’s text from any version', async () => {
    const templates = createTemplates({ store, now: () => 1000 });
    const words = { subject: 'A new password', body: 'Here: {{link}}\n\n{{notMe}}' };
    expect(await templates.change('reset-link', 0, words, origin)).toMatchObject({
      version: 1,
      original: false,
      changedBy: 'Ann',
      ...words,
    });
    await expect(templates.change('reset-link', 0, words, origin)).rejects.toMatchObject({
      code: 'request.conflict',
    });
    const { subject, body } = defaultTemplates['reset-link'];
    expect(await templates.change('reset-link', 1, null, origin)).toMatchObject({
      version: 2,
      original: true,
      subject,
      body,
    });
    const events = await store.db.selectFrom('audit_events').select('action').execute();
    expect(events).toEqual([{ action: 'mail.template-changed' }, { action: 'mail.template-changed' }]);
  });

  it('is not stored when no mail can be made from it', async () => {
    const templates = createTemplates({ store, now: () => 1000 });
    await expect(
      templates.change('code', 0, { subject: 'Code', body: 'No code here' }, origin),
    ).rejects.toMatchObject({ code: 'mail.template-invalid' });
    expect((await templates.texts('code')).body).toContain('{{code}}');
  });
});
