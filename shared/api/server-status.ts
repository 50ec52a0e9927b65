import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** How the desk sends messages: through a server · into the outbox · a server is chosen, but its settings are incomplete. */
export const channelSetUps = ['external', 'outbox', 'incomplete'] as const;

const channelStatus = z.object({
  setUp: z.enum(channelSetUps),
  /** The host of the mail server or gateway; null if messages stay in the outbox. */
  server: z.string().nullable(),
  /** When the server last accepted a message since the backend started. */
  workedAt: z.iso.datetime().nullable(),
  /** Since when the server has accepted no message, and its last answer; null if it accepted the last message. */
  failing: z.object({ since: z.iso.datetime(), answer: z.string() }).nullable(),
  /** Messages that wait for another attempt. */
  queued: z.int(),
});

/** Problems that an administrator has to fix. */
export const serverWarnings = [
  /** Links in mails lead to an address that users on other computers cannot open. */
  'address-unreachable',
  'mail-not-set-up',
  'mail-failing',
  'text-failing',
  /** The policy requires approvals, and some operator has no other person who could approve. */
  'no-approver',
  /** Mails and pages do not tell users how to reach the help desk. */
  'no-contact',
  /** The database is SQLite, and the backup command has not run within the last week. */
  'no-backup',
] as const;

export const serverStatus = z.object({
  version: z.string(),
  mode: z.enum(['embedded', 'server']),
  /** The base of the links in mails. */
  publicUrl: z.string(),
  startedAt: z.iso.datetime(),
  database: z.object({
    kind: z.enum(['sqlite', 'postgresql']),
    version: z.string(),
    bytes: z.int(),
  }),
  /** When the command `backup` last copied this SQLite database; null if it never did, and for PostgreSQL, which has its own tools. */
  lastBackupAt: z.iso.datetime().nullable(),
  mail: channelStatus,
  text: channelStatus,
  warnings: z.array(z.enum(serverWarnings)),
});
export type ServerStatus = z.infer<typeof serverStatus>;

export const getServerStatus = endpoint({
  id: 'getServerStatus',
  method: 'GET',
  path: '/settings/server',
  summary:
    'Get the state of the server: address, version, database, last backup, mail and texts, and what has to be mended',
  right: 'policy.change',
  scope: { by: 'everything' },
  bridge: 'settings.server',
  answer: serverStatus,
  errors: [],
});
