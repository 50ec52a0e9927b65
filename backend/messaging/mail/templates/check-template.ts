import type { TemplateName, TemplateTexts } from '../../../../shared/api/mail-template.ts';
import { Refusal } from '../../../refusal.ts';
import { defaultTemplates } from './default-templates.ts';

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What is wrong with the words of a template, by field; nothing when a mail can be made from them. */
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
    if (text.trim() === '') say(field, 'Write something.');
    const used = [...text.matchAll(placeholder)].map(([, inner]) => inner ?? '');
    for (const inner of new Set(used)) {
      if (!known.has(inner))
        say(field, `{{${inner}}} is not known here. Known are ${[...known].join(', ')}.`);
    }
    if (/\{\{|\}\}/.test(text.replaceAll(placeholder, ''))) say(field, 'A pair of braces is not closed.');
  }
  // A subject is read on lock screens and kept in logs of mail servers.
  if (/\{\{\s*(?:code|password|words|link|notMe)\s*\}\}/.test(subject))
    say('subject', 'Codes, passwords, words of proof and links belong in the text.');
  if (/[\r\n]/.test(subject)) say('subject', 'A subject is one line.');
  for (const needed of mandatory) {
    const there = [...body.matchAll(placeholder)].some(([, inner]) => inner === needed);
    if (!there) say('body', `{{${needed}}} is missing: without it the mail is of no use.`);
  }
  return faults;
}

/** Throws `mail.template-invalid` with what is wrong. */
export function assertValidTemplate(name: TemplateName, words: TemplateTexts): void {
  const fields = findTemplateFaults(name, words);
  const [first] = fields;
  if (first) throw new Refusal('mail.template-invalid', { detail: first.message, fields });
}
