import { z } from 'zod';
import { externalDirectorySettings } from './directory-settings.ts';
import { endpoint } from './endpoint.ts';
import { importRefusalReasons } from './import-file.ts';
import { rowChange } from './import-view.ts';
import { limits } from './limits.ts';
import { typedName, typedNote } from './typed-text.ts';
import { capabilityReasons, directoryCapabilities } from './directory-capabilities.ts';

const right = 'directories.configure';
const name = typedName(80);
const secret = z.string().max(limits.directorySecret);

/** The outcome of the last read of a directory's accounts. */
export const readStates = ['never', 'reading', 'read', 'failed'] as const;

/** Rules about passwords that a directory enforces and Reset Desk cannot check in advance. */
export const uncheckedRules = [
  /** A pattern in the directory's own notation. */
  'pattern',
  'forbidden-passwords',
  'dictionary',
  /** Characters outside of ASCII are demanded. */
  'non-ascii',
  /** A module of the server, whose rules are not readable. */
  'server-module',
  /** A rule of an extension. */
  'extension',
] as const;
export type UncheckedRule = (typeof uncheckedRules)[number];

/** The password policy of one account, as it is read in its directory; null where there is no such rule, or where it is not readable. */
const passwordPolicyView = z.object({
  minLength: z.int().nullable(),
  maxLength: z.int().nullable(),
  /** Whether several kinds of characters are demanded. */
  complexity: z.boolean().nullable(),
  /** Former passwords that are refused. */
  history: z.int().nullable(),
  /** Wrong passwords until the account is locked; 0 for never. */
  lockoutThreshold: z.int().nullable(),
  unreadable: z.array(z.enum(['minLength', 'complexity', 'history', 'minAge', 'lockoutThreshold'])),
  unchecked: z.array(z.enum(uncheckedRules)),
});

/** A configured directory. The service account's secret can be set, but is never answered. */
export const directoryView = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  settings: externalDirectorySettings,
  secretStored: z.boolean(),
  /** Accounts in the desk's index, closed ones not counted. */
  accounts: z.int(),
  reading: z.object({
    state: z.enum(readStates),
    /** Accounts read so far by the first read. */
    accountsRead: z.int(),
    /** When the directory was read completely for the first time. */
    firstReadAt: z.iso.datetime().nullable(),
    /** When a read succeeded last: how fresh the index is. */
    readAt: z.iso.datetime().nullable(),
    /** Code of a fault, such as `unreachable`; null after a read that succeeded. */
    fault: z.string().nullable(),
    faultAt: z.iso.datetime().nullable(),
  }),
  /** Since when accounts that are gone stay open, because they are too many, and how many; null for none. */
  held: z.object({ since: z.iso.datetime(), accounts: z.int() }).nullable(),
  /** Changes of very many accounts that wait for a decision, and some of them; null for none. */
  heldChanges: z
    .object({
      since: z.iso.datetime(),
      /** When the newest of them was held. An approval names it, so that it is about no later change. */
      until: z.iso.datetime(),
      accounts: z.int(),
      counts: z.object({ contact: z.int(), tier: z.int(), manager: z.int() }),
      examples: z.array(
        z.object({ userName: z.string(), displayName: z.string(), changes: z.array(rowChange) }),
      ),
    })
    .nullable(),
  /** Entries that cannot be in the index, and the first of them with the reason; null for none. */
  refused: z
    .object({
      count: z.int(),
      entries: z.array(
        z.object({
          /** The user name, or the directory's key for an entry without one. */
          userName: z.string(),
          reason: z.enum(importRefusalReasons),
          /** The value that is the reason, shortened. */
          detail: z.string(),
        }),
      ),
    })
    .nullable(),
  /** Until when an administrator lets any number of accounts be closed. */
  allowedUntil: z.iso.datetime().nullable(),
  /** Work that waits for the directory, such as temporary passwords to replace. */
  waiting: z.int(),
});
export type DirectoryView = z.infer<typeof directoryView>;

const step = z.object({
  step: z.enum(['connect', 'certificate', 'bind', 'read-base', 'rights']),
  outcome: z.enum(['passed', 'failed', 'unchecked', 'not-tried']),
  fault: z.string().nullable(),
});

/** What a check of a connection found, step by step, at each server. */
export const connectionReport = z.object({
  servers: z.array(
    z.object({
      server: z.string(),
      steps: z.array(step),
      certificate: z
        .object({
          subject: z.string(),
          issuer: z.string(),
          validUntil: z.iso.datetime(),
          fingerprint: z.string(),
          pem: z.string(),
        })
        .nullable(),
      missingRights: z.array(z.string()),
      unknownRights: z.array(z.string()),
      /** Units, groups, roles and policies of the settings that the directory does not have, or does not show. */
      unknownNames: z.array(z.string()),
      /** Seconds by which the server's clock is ahead of this one's; null if the server does not report its time. */
      clockAhead: z.number().nullable(),
    }),
  ),
  /** One account, read with the configured attributes. */
  sample: z
    .object({
      userName: z.string(),
      displayName: z.string(),
      email: z.string().nullable(),
      phones: z.array(z.string()),
      employeeNumber: z.string().nullable(),
      department: z.string().nullable(),
      manager: z.string().nullable(),
      isPrivileged: z.boolean(),
      disabled: z.boolean(),
    })
    .nullable(),
  /** The password policy of that account. */
  policy: passwordPolicyView.nullable(),
  /** What the directory tells the time of: changed contact data, any change of an account, or neither; null if that was not examined. */
  contactTimes: z.enum(['attribute', 'entry', 'none']).nullable(),
  /** What the directory cannot do, and why. */
  cannot: z.array(z.object({ capability: z.enum(directoryCapabilities), reason: z.enum(capabilityReasons) })),
});
export type ConnectionReportView = z.infer<typeof connectionReport>;

const byDirectory = z.object({ directoryId: z.string().min(1).max(100) });

export const listDirectories = endpoint({
  id: 'listDirectories',
  method: 'GET',
  path: '/directories',
  summary: 'List the external directories with the state of their reads',
  right,
  scope: { by: 'everything' },
  bridge: 'directories.list',
  answer: z.object({ directories: z.array(directoryView) }),
  errors: [],
});

export const addDirectory = endpoint({
  id: 'addDirectory',
  method: 'POST',
  path: '/directories',
  summary: 'Add an external directory; its accounts are read from now on',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'directories.add',
  largeBody: true,
  body: z.object({ name, settings: externalDirectorySettings, secret }),
  answer: directoryView,
  errors: ['request.invalid'],
});

export const changeDirectory = endpoint({
  id: 'changeDirectory',
  method: 'PUT',
  path: '/directories/:directoryId',
  summary:
    'Change a directory, or turn it on or off; without a secret the stored one is kept, unless it would be sent to another server',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'directories.change',
  largeBody: true,
  params: byDirectory,
  body: z.object({
    name,
    enabled: z.boolean(),
    settings: externalDirectorySettings,
    secret: secret.optional(),
  }),
  answer: directoryView,
  errors: ['directory.not-found', 'request.invalid'],
});

export const checkDirectory = endpoint({
  id: 'checkDirectory',
  method: 'POST',
  path: '/directories/check',
  summary:
    'Test the settings of a directory without writing: connection, certificate, service account, rights',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'directories.check',
  largeBody: true,
  body: z.object({
    settings: externalDirectorySettings,
    /** If absent, the check uses the stored secret of `directoryId`, provided that the servers are the stored ones. */
    secret: secret.optional(),
    directoryId: z.string().min(1).max(100).optional(),
  }),
  answer: connectionReport,
  errors: ['directory.not-found', 'request.invalid'],
});

export const readDirectory = endpoint({
  id: 'readDirectory',
  method: 'POST',
  path: '/directories/:directoryId/read',
  summary: 'Read all accounts of a directory again',
  right,
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it reads what the directory holds, as the schedule does' },
  bridge: 'directories.read',
  params: byDirectory,
  answer: directoryView,
  errors: ['directory.not-found', 'directory.off', 'directory.reading'],
});

export const allowClosures = endpoint({
  id: 'allowClosures',
  method: 'POST',
  path: '/directories/:directoryId/allow',
  summary:
    'Let any number of accounts that a directory no longer has be closed for some hours, and read it again',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'directories.allow',
  params: byDirectory,
  body: z.object({ hours: z.int().min(1).max(24), reason: typedNote(500).min(1) }),
  answer: directoryView,
  errors: ['directory.not-found', 'request.invalid'],
});

export const allowDirectoryChanges = endpoint({
  id: 'allowDirectoryChanges',
  method: 'POST',
  path: '/directories/:directoryId/allow-changes',
  summary: 'Let the held changes of a directory’s accounts take effect, as they were when the view was read',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'directories.allowChanges',
  params: byDirectory,
  body: z.object({
    /** The `until` of the changes that the administrator has seen. */
    until: z.iso.datetime(),
    reason: typedNote(500).min(1),
  }),
  answer: directoryView,
  errors: ['directory.not-found', 'request.invalid'],
});

export const removeDirectory = endpoint({
  id: 'removeDirectory',
  method: 'DELETE',
  path: '/directories/:directoryId',
  summary:
    'Remove a directory: its secret is deleted, and its accounts are closed in Reset Desk and stay as they are in the directory',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'directories.remove',
  params: byDirectory,
  answer: z.object({ closed: z.int() }),
  errors: ['directory.not-found'],
});
