import { z } from 'zod';
import { emailAddress } from './email-address.ts';
import { endpoint } from './endpoint.ts';
import { typedLine, typedNote } from './typed-text.ts';

/** The mails whose text an administrator can change. */
export const templateNames = [
  'code',
  'reset-link',
  'sealed-password',
  'split-password',
  'password-reset',
  'password-changed',
  'case-refused',
  'contact-changed',
  'sign-in-method-changed',
  'account-frozen',
  'account-unfrozen',
  'manager-notice',
  'self-service-link',
  'self-service-answer',
  'sign-in-obstacle',
  'required-reset',
  'required-reset-reminder',
  'managers-word',
  'phrase',
  'operator-invitation',
  'operator-password',
  'operator-recovery-code',
  'operator-changed',
  'reset-link-notice',
  'contact-code',
  'change-held',
  'change-dropped',
  'protected-change-proposed',
  'protected-change-made',
  'protected-change-dropped',
  'source-changes-held',
  'directory-closures-held',
  'directory-changes-held',
] as const;
export const templateName = z.enum(templateNames);
export type TemplateName = (typeof templateNames)[number];

/** The placeholders, written in double braces such as `{{link}}`. */
export const placeholderNames = [
  'name',
  'userName',
  'time',
  'code',
  'password',
  'minutes',
  'link',
  'hours',
  'how',
  'what',
  'reason',
  'due',
  'operator',
  'manager',
  'words',
  'until',
  'left',
  'contact',
  'notMe',
] as const;
export type PlaceholderName = (typeof placeholderNames)[number];

const draft = z.object({ subject: typedLine(200), body: typedNote(8000) });
/** The text of a template. A line with nothing but a link's placeholder becomes a button. */
export type TemplateTexts = z.infer<typeof draft>;

export const templateView = draft.extend({
  name: templateName,
  /** 0 until an administrator changes the template. */
  version: z.int(),
  /** The product's own text is in force. */
  original: z.boolean(),
  changedAt: z.iso.datetime().nullable(),
  changedBy: z.string().nullable(),
  placeholders: z.array(z.object({ name: z.enum(placeholderNames), mandatory: z.boolean() })),
});
export type TemplateView = z.infer<typeof templateView>;

const byName = z.object({ template: templateName });

export const listTemplates = endpoint({
  id: 'listTemplates',
  method: 'GET',
  path: '/settings/mail/templates',
  summary: 'List the templates in force',
  right: 'mail.configure',
  scope: { by: 'everything' },
  bridge: 'settings.templates',
  answer: z.object({ templates: z.array(templateView) }),
  errors: [],
});

export const changeTemplate = endpoint({
  id: 'changeTemplate',
  method: 'PUT',
  path: '/settings/mail/templates/:template',
  summary: "Put a new version of a template in force; null restores the product's own text",
  right: 'mail.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'settings.changeTemplate',
  params: byName,
  body: z.object({ basedOn: z.int(), words: draft.nullable() }),
  answer: templateView,
  errors: ['mail.template-invalid', 'request.conflict'],
});

export const previewTemplate = endpoint({
  id: 'previewTemplate',
  method: 'POST',
  path: '/settings/mail/templates/:template/preview',
  summary: 'Preview a mail with this text and invented values; nothing is stored or sent',
  right: 'mail.configure',
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'settings.previewTemplate',
  params: byName,
  body: draft,
  answer: z.object({ subject: z.string(), text: z.string(), html: z.string() }),
  errors: ['mail.template-invalid'],
});

export const testTemplate = endpoint({
  id: 'testTemplate',
  method: 'POST',
  path: '/settings/mail/templates/:template/test',
  summary: 'Send a test mail with this text and invented values',
  right: 'mail.configure',
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'settings.testTemplate',
  params: byName,
  body: draft.extend({ to: emailAddress }),
  answer: z.object({ delivery: z.enum(['accepted', 'kept-in-outbox']), answer: z.string().nullable() }),
  errors: ['mail.template-invalid', 'mail.failed'],
});
