import { z } from 'zod';
import { emailAddress } from './email-address.ts';
import { endpoint } from './endpoint.ts';
import { typedLine } from './typed-text.ts';

export const mailKinds = [
  'code',
  'managers-word',
  'reset-link',
  'temporary-password',
  'notification',
  'required-reset',
  'operator-link',
  'test',
] as const;
export type MailKind = (typeof mailKinds)[number];

/**
 * The delivery of a mail: waiting for another try, being sent, accepted by the mail server, kept as a file, refused for good, bounced, or never sent
 * because its code or link was no longer valid. A mail is in doubt if the desk does not know whether the server accepted it; it is not sent again.
 */
export const mailStates = [
  'queued',
  'sending',
  'accepted',
  'kept-in-outbox',
  'failed',
  'bounced',
  'withdrawn',
  'in-doubt',
] as const;
export const mailState = z.enum(mailStates);
export type MailState = (typeof mailStates)[number];

/** A message that was kept in the outbox. */
export const keptMessage = z.object({ id: z.string(), channel: z.enum(['email', 'text']) });
export type KeptMessage = z.infer<typeof keptMessage>;

export const mailRow = z.object({
  id: z.string(),
  kind: z.enum(mailKinds),
  to: z.string(),
  subject: z.string(),
  at: z.iso.datetime(),
});
export type MailRow = z.infer<typeof mailRow>;

export const listOutbox = endpoint({
  id: 'listOutbox',
  method: 'GET',
  path: '/outbox',
  summary: 'List mails that were kept as files because no mail server is configured, newest first',
  right: 'outbox.read',
  scope: { by: 'rows' },
  bridge: 'outbox.list',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ active: z.boolean(), folder: z.string().nullable(), mails: z.array(mailRow) }),
  errors: [],
});

export const getOutboxMail = endpoint({
  id: 'getOutboxMail',
  method: 'GET',
  path: '/outbox/:mailId',
  summary: 'Get one kept mail as its reader would see it; recorded in the audit log',
  right: 'outbox.read',
  scope: { by: 'mail' },
  bridge: 'outbox.get',
  params: z.object({ mailId: z.string().min(1).max(100) }),
  answer: mailRow.extend({
    from: z.string(),
    text: z.string(),
    /** The HTML part, to be drawn without following or fetching anything; null if the mail has none. */
    html: z.string().nullable(),
  }),
  secret: true,
  errors: ['mail.not-found', 'mail.outbox-off'],
});

/** The settings of outgoing mail. The password can be set, but is never answered. */
export const mailSettings = z.object({
  transport: z.enum(['outbox', 'smtp']),
  host: typedLine(255),
  port: z.int().min(1).max(65_535),
  security: z.enum(['starttls', 'tls', 'none']),
  userName: typedLine(255),
  /** One address, alone or as `Name <address>`. */
  from: typedLine(254),
});
export type MailSettings = z.infer<typeof mailSettings>;

const mailSettingsView = mailSettings.extend({
  passwordStored: z.boolean(),
  /** Set by the server's environment: shown, but not changed here. */
  fixed: z.boolean(),
  /** The base of links in mails if other computers cannot open it; null otherwise. */
  unreachableAddress: z.string().nullable(),
});

export const getMailSettings = endpoint({
  id: 'getMailSettings',
  method: 'GET',
  path: '/settings/mail',
  summary: 'Get the settings of outgoing mail',
  right: 'mail.configure',
  scope: { by: 'everything' },
  bridge: 'settings.mail',
  answer: mailSettingsView,
  errors: [],
});

export const changeMailSettings = endpoint({
  id: 'changeMailSettings',
  method: 'PUT',
  path: '/settings/mail',
  summary: 'Change the settings of outgoing mail; without a password the stored one is kept',
  right: 'mail.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'settings.changeMail',
  body: mailSettings.extend({ password: z.string().max(1024).optional() }),
  answer: mailSettingsView,
  errors: ['request.invalid', 'request.conflict'],
});

export const sendTestMail = endpoint({
  id: 'sendTestMail',
  method: 'POST',
  path: '/settings/mail/test',
  summary: 'Send a test mail with the stored settings',
  right: 'mail.configure',
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it sends a test with the settings in force' },
  bridge: 'settings.testMail',
  body: z.object({ to: emailAddress }),
  answer: z.object({ delivery: z.enum(['accepted', 'kept-in-outbox']), answer: z.string().nullable() }),
  errors: ['mail.failed', 'request.rate-limited'],
});
