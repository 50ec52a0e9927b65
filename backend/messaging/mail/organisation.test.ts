import { expect, it } from 'vitest';
import { templateNames } from '../../../shared/api/mail-template.ts';
import { contactLines } from './contact-lines.ts';
import { defaultTemplates } from './templates/default-templates.ts';
import { renderMail } from './templates/render-mail.ts';

const contact = { phone: '', email: '', hours: '', organisation: 'Example & Sons', timeZone: '' };

it.each(templateNames)('the mail %s ends with the organisation’s name', (name) => {
  const { html } = renderMail(name, defaultTemplates[name], {}, contact.organisation);
  expect(html).toContain('Example &amp; Sons</p></div></body>');
  expect(renderMail(name, defaultTemplates[name], {}).html).toContain('Reset Desk</p></div></body>');
});

it('names the organisation before the ways to reach its help desk', () => {
  expect(contactLines({ ...contact, phone: '+49 30 1' })).toBe('Example & Sons\nHelp desk: +49 30 1');
  expect(contactLines(contact)).toMatch(/^Example & Sons\nCall the help desk/);
  expect(contactLines({ ...contact, organisation: '' })).toMatch(/^Call the help desk/);
});
