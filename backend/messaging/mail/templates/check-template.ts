import type { TemplateName, TemplateTexts } from '../../../../shared/api/mail-template.ts';
import { Refusal } from '../../../refusal.ts';
import { defaultTemplates } from './default-templates.ts';

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The faults of a template, by field; empty if mails can be rendered from it. */
export function findTemplateFaults(
  name: TemplateName,
  { subject, body }: TemplateTexts,
): { path: string; message: string }[] {
  const { mandatory, optional } = defaultTemplates[name];
  const known = new Set<string>([...mandatory, ...optional]);
  const faults: { path: string; message: string }[] = [];
  const say = (field: string, message: string) => faults.push({ path: `body.${field}`, message });
  for (const [field, text] of [
    ['subject', subject],
    ['body', body],
  ] as const) {
    if (text.trim() === '') say(field, 'Enter a text.');
    const used = [...text.matchAll(placeholder)].map(([, inner]) => inner ?? '');
    for (const inner of new Set(used)) {
      if (!known.has(inner))
        say(field, `{{${inner}}} is not a placeholder of this mail. Available: ${[...known].join(', ')}.`);
    }
    if (/\{\{|\}\}/.test(text.replaceAll(placeholder, ''))) say(field, 'Braces are not closed.');
  }
  // Subjects appear on lock screens and in the logs of mail servers.
  if (/\{\{\s*(?:code|password|words|link|notMe)\s*\}\}/.test(subject))
    say('subject', 'Codes, passwords, proof words and links belong in the text, not in the subject.');
  if (/[\r\n]/.test(subject)) say('subject', 'The subject must be one line.');
  for (const needed of mandatory) {
    const there = [...body.matchAll(placeholder)].some(([, inner]) => inner === needed);
    if (!there) say('body', `{{${needed}}} is missing: without it the mail is useless.`);
  }
  return faults;
}

/** Throws `mail.template-invalid` with the faults. */
export function assertValidTemplate(name: TemplateName, words: TemplateTexts): void {
  const fields = findTemplateFaults(name, words);
  const [first] = fields;
  if (first) throw new Refusal('mail.template-invalid', { detail: first.message, fields });
}
