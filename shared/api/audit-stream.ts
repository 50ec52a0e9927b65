import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { exportFormats } from './audit.ts';
import { typedLine } from './typed-text.ts';

/** Syslog, RFC 5424 over TLS (RFC 5425). Plain TCP is accepted for a loopback address only. */
export const syslogSettings = z.object({
  enabled: z.boolean(),
  host: typedLine(255),
  port: z.int().min(1).max(65_535),
  tls: z.boolean(),
  format: z.enum(exportFormats),
});
export type SyslogSettings = z.infer<typeof syslogSettings>;

/** A webhook that receives JSON over HTTPS. Plain HTTP is accepted for a loopback address only. */
export const webhookSettings = z.object({
  enabled: z.boolean(),
  url: typedLine(2000),
});
export type WebhookSettings = z.infer<typeof webhookSettings>;

export const streamTargets = ['syslog', 'webhook'] as const;
export const streamTarget = z.enum(streamTargets);
export type StreamTarget = (typeof streamTargets)[number];

/** The progress of one stream. */
const streamState = z.object({
  sentSeq: z.int(),
  /** The number of events that have not been sent yet. */
  waiting: z.int(),
  sentAt: z.iso.datetime().nullable(),
  failingSince: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
});

export const auditStreams = z.object({
  syslog: syslogSettings,
  webhook: webhookSettings.extend({ secretStored: z.boolean() }),
  /** Null until the stream is turned on for the first time. */
  states: z.object({ syslog: streamState.nullable(), webhook: streamState.nullable() }),
});
export type AuditStreams = z.infer<typeof auditStreams>;

/** The event with which a stream begins when it is turned on for the first time. */
const begin = z.enum(['first-event', 'now']).default('first-event');

export const getAuditStreams = endpoint({
  id: 'getAuditStreams',
  method: 'GET',
  path: '/settings/audit-streams',
  summary: "Get the settings and the progress of the audit log's streams",
  right: 'audit.configure',
  scope: { by: 'everything' },
  bridge: 'audit.streams',
  answer: auditStreams,
  errors: [],
});

export const changeSyslogStream = endpoint({
  id: 'changeSyslogStream',
  method: 'PUT',
  path: '/settings/audit-streams/syslog',
  summary: 'Change the stream of the audit log to syslog',
  right: 'audit.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'audit.changeSyslog',
  body: syslogSettings.extend({ begin }),
  answer: auditStreams,
  errors: ['request.invalid'],
});

export const changeWebhookStream = endpoint({
  id: 'changeWebhookStream',
  method: 'PUT',
  path: '/settings/audit-streams/webhook',
  summary: 'Change the stream of the audit log to a webhook; without a secret the stored one is kept',
  right: 'audit.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'audit.changeWebhook',
  body: webhookSettings.extend({ begin, secret: z.string().min(16).max(1024).optional() }),
  answer: auditStreams,
  errors: ['request.invalid'],
});

export const testAuditStream = endpoint({
  id: 'testAuditStream',
  method: 'POST',
  path: '/settings/audit-streams/:target/test',
  summary: 'Send the newest event once, with the stored settings',
  right: 'audit.configure',
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it sends an event to the receiver that is already chosen' },
  bridge: 'audit.testStream',
  params: z.object({ target: streamTarget }),
  answer: z.object({ sentSeq: z.int() }),
  errors: ['audit.stream-failed'],
});
