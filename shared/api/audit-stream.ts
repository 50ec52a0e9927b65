import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { exportFormats } from './audit.ts';

/** Certificates in PEM that are trusted besides the system's; empty for none. */
const authority = z.string().max(64 * 1024);

/** Syslog, RFC 5424 over TLS (RFC 5425). Without TLS only to this computer. */
export const syslogSettings = z.object({
  enabled: z.boolean(),
  host: z.string().trim().max(255),
  port: z.int().min(1).max(65_535),
  tls: z.boolean(),
  authority,
  format: z.enum(exportFormats),
});
export type SyslogSettings = z.infer<typeof syslogSettings>;

/** A receiver of JSON over HTTPS; plain HTTP only to this computer. */
export const webhookSettings = z.object({
  enabled: z.boolean(),
  url: z.string().trim().max(2000),
  authority,
});
export type WebhookSettings = z.infer<typeof webhookSettings>;

export const streamTargets = ['syslog', 'webhook'] as const;
export const streamTarget = z.enum(streamTargets);
export type StreamTarget = (typeof streamTargets)[number];

/** How far a stream has got. */
const streamState = z.object({
  sentSeq: z.int(),
  /** Events that are still to be sent. */
  waiting: z.int(),
  sentAt: z.iso.datetime().nullable(),
  failingSince: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
});

export const auditStreams = z.object({
  syslog: syslogSettings,
  webhook: webhookSettings.extend({ secretStored: z.boolean() }),
  /** Null before the first time that it was on. */
  states: z.object({ syslog: streamState.nullable(), webhook: streamState.nullable() }),
});
export type AuditStreams = z.infer<typeof auditStreams>;

/** Where a stream that is turned on for the first time begins. */
const begin = z.enum(['first-event', 'now']).default('first-event');

export const getAuditStreams = endpoint({
  id: 'getAuditStreams',
  method: 'GET',
  path: '/settings/audit-streams',
  summary: 'Where the audit log is sent as it grows, and how far it has got',
  right: 'audit.configure',
  bridge: 'audit.streams',
  answer: auditStreams,
  errors: [],
});

export const changeSyslogStream = endpoint({
  id: 'changeSyslogStream',
  method: 'PUT',
  path: '/settings/audit-streams/syslog',
  summary: 'Change how the audit log goes to syslog',
  right: 'audit.configure',
  bridge: 'audit.changeSyslog',
  body: syslogSettings.extend({ begin }),
  answer: auditStreams,
  errors: ['request.invalid'],
});

export const changeWebhookStream = endpoint({
  id: 'changeWebhookStream',
  method: 'PUT',
  path: '/settings/audit-streams/webhook',
  summary: 'Change how the audit log goes to a webhook; without a secret the stored one stays',
  right: 'audit.configure',
  bridge: 'audit.changeWebhook',
  body: webhookSettings.extend({ begin, secret: z.string().min(16).max(1024).optional() }),
  answer: auditStreams,
  errors: ['request.invalid'],
});

export const testAuditStream = endpoint({
  id: 'testAuditStream',
  method: 'POST',
  path: '/settings/audit-streams/:target/test',
  summary: 'Send the newest event once with the stored settings',
  right: 'audit.configure',
  bridge: 'audit.testStream',
  params: z.object({ target: streamTarget }),
  answer: z.object({ sentSeq: z.int() }),
  errors: ['audit.stream-failed'],
});
