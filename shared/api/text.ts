import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

export const textKinds = ['code', 'temporary-password', 'test'] as const;

/**
 * The placeholders of a template: the number, the number's digits alone, the text, the message's id, the gateway's secret, and the secret in Base64 (for
 * `Authorization: Basic`, where it is `user:password`).
 */
export const textPlaceholders = ['to', 'toDigits', 'text', 'id', 'secret', 'secretBase64'] as const;

/**
 * When the gateway has accepted a text: at any status 2xx, or only if the answer's body says so as well. Some gateways answer 200 and say in the body that
 * they refused.
 */
const acceptance = z.discriminatedUnion('when', [
  z.object({ when: z.literal('status') }),
  z.object({ when: z.literal('contains'), text: z.string().min(1).max(200) }),
  /** The value at a path such as `messages.0.status` in an answer of JSON. */
  z.object({
    when: z.literal('json'),
    path: z.string().trim().min(1).max(200),
    value: z.string().trim().max(200),
  }),
]);
export type TextAcceptance = z.infer<typeof acceptance>;

export const textBodyFormats = ['none', 'json', 'form', 'plain'] as const;

/**
 * The settings of outgoing texts: kept as files, or sent to a gateway with an HTTP request. The secret can be set, but is never
 * answered.
 */
export const textSettings = z.object({
  transport: z.enum(['outbox', 'gateway']),
  method: z.enum(['POST', 'PUT', 'GET']),
  /** Templates with `{{to}}`, `{{text}}`, `{{id}}` and `{{secret}}`, each escaped for its place. */
  url: z.string().trim().max(2000),
  headers: z
    .array(z.object({ name: z.string().trim().min(1).max(100), value: z.string().max(2000) }))
    .max(20),
  bodyFormat: z.enum(textBodyFormats),
  body: z.string().max(10_000),
  accepted: acceptance.default({ when: 'status' }),
  /** The country (ISO 3166) of numbers on file without a country code; empty to send numbers as they are on file. */
  country: z
    .string()
    .trim()
    .regex(/^([A-Z]{2})?$/)
    .default(''),
});
export type TextSettings = z.infer<typeof textSettings>;

const textSettingsView = textSettings.extend({ secretStored: z.boolean() });

export const getTextSettings = endpoint({
  id: 'getTextSettings',
  method: 'GET',
  path: '/settings/texts',
  summary: 'Get the settings of outgoing texts',
  right: 'mail.configure',
  scope: { by: 'everything' },
  bridge: 'settings.texts',
  answer: textSettingsView,
  errors: [],
});

export const changeTextSettings = endpoint({
  id: 'changeTextSettings',
  method: 'PUT',
  path: '/settings/texts',
  summary:
    'Change the settings of outgoing texts; without a secret the stored one is kept, unless the gateway changes',
  right: 'mail.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
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
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it sends a test with the settings in force' },
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
  summary: 'List texts that were kept as files because no gateway is configured, newest first',
  right: 'outbox.read',
  scope: { by: 'rows' },
  bridge: 'outbox.listTexts',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ active: z.boolean(), texts: z.array(textRow) }),
  errors: [],
});

export const getOutboxText = endpoint({
  id: 'getOutboxText',
  method: 'GET',
  path: '/outbox/texts/:textId',
  summary: 'Get one kept text as its reader would see it; recorded in the audit log',
  right: 'outbox.read',
  scope: { by: 'text' },
  bridge: 'outbox.getText',
  params: z.object({ textId: z.string().min(1).max(100) }),
  answer: textRow.extend({ text: z.string() }),
  secret: true,
  errors: ['mail.not-found'],
});
