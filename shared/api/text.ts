import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

export const textKinds = ['code', 'temporary-password', 'test'] as const;

/** What may stand in a template: the number, the words, the message's id, and the gateway's secret. */
export const textPlaceholders = ['to', 'text', 'id', 'secret'] as const;

export const textBodyFormats = ['none', 'json', 'form', 'plain'] as const;

/** The way out for texts: kept as files, or handed to any gateway that takes an HTTP request. The secret is written, never read back. */
export const textSettings = z.object({
  transport: z.enum(['outbox', 'gateway']),
  method: z.enum(['POST', 'PUT', 'GET']),
  /** Templates: `{{to}}`, `{{text}}`, `{{id}}` and `{{secret}}` are filled in, each escaped for where it stands. */
  url: z.string().trim().max(2000),
  headers: z
    .array(z.object({ name: z.string().trim().min(1).max(100), value: z.string().max(2000) }))
    .max(20),
  bodyFormat: z.enum(textBodyFormats),
  body: z.string().max(10_000),
});
export type TextSettings = z.infer<typeof textSettings>;

const textSettingsView = textSettings.extend({ secretStored: z.boolean() });

export const getTextSettings = endpoint({
  id: 'getTextSettings',
  method: 'GET',
  path: '/settings/texts',
  summary: 'How texts to phones leave',
  right: 'mail.configure',
  bridge: 'settings.texts',
  answer: textSettingsView,
  errors: [],
});

export const changeTextSettings = endpoint({
  id: 'changeTextSettings',
  method: 'PUT',
  path: '/settings/texts',
  summary: 'Change how texts leave; without a secret the stored one stays, unless they go elsewhere',
  right: 'mail.configure',
  bridge: 'settings.changeTexts',
  body: textSettings.extend({
    secret: z
      .string()
      .max(2000)
      .regex(/^[\x20-\x7e]*$/)
      .optional(),
  }),
  answer: textSettingsView,
  errors: ['request.invalid'],
});

export const sendTestText = endpoint({
  id: 'sendTestText',
  method: 'POST',
  path: '/settings/texts/test',
  summary: 'Send a test text with the stored settings',
  right: 'mail.configure',
  bridge: 'settings.testText',
  body: z.object({ to: z.string().trim().min(3).max(limits.phone) }),
  answer: z.object({ delivery: z.enum(['accepted', 'kept-in-outbox']), answer: z.string().nullable() }),
  errors: ['text.failed', 'request.rate-limited'],
});

export const textRow = z.object({
  id: z.string(),
  kind: z.enum(textKinds),
  to: z.string(),
  at: z.iso.datetime(),
});
export type TextRow = z.infer<typeof textRow>;

export const listOutboxTexts = endpoint({
  id: 'listOutboxTexts',
  method: 'GET',
  path: '/outbox/texts',
  summary: 'Texts that were kept in files because no gateway is configured; newest first',
  right: 'outbox.read',
  bridge: 'outbox.listTexts',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ active: z.boolean(), texts: z.array(textRow) }),
  errors: [],
});

export const getOutboxText = endpoint({
  id: 'getOutboxText',
  method: 'GET',
  path: '/outbox/texts/:textId',
  summary: 'One kept text, as its reader would see it; recorded in the audit log',
  right: 'outbox.read',
  bridge: 'outbox.getText',
  params: z.object({ textId: z.string().min(1).max(100) }),
  answer: textRow.extend({ text: z.string() }),
  secret: true,
  errors: ['mail.not-found'],
});
