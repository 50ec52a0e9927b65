import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { keychainState, spellingName } from '../../../shared/bridge/console-settings.ts';

const port = z.int().min(1).max(65_535);

const serverSettings = z.object({
  /** Normalised base address, without a trailing slash. */
  address: z.string(),
  lastUserName: z.string().nullable(),
});

/** One for each server that was used while the keychain refused to be written. */
export const maxStaleTokens = 50;

/** What the console remembers between starts. Secrets are not in here but in the keychain. */
export const settings = z.object({
  version: z.literal(1),
  /** Distinguishes the keychain entries of this user-data folder from those of others. */
  installation: z.uuid(),
  current: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('this-computer') }),
      z.object({ kind: z.literal('server'), address: z.string() }),
    ])
    .nullable(),
  servers: z.array(serverSettings).max(50),
  thisComputer: z.object({
    lastUserName: z.string().nullable(),
    /** The embedded backend's last port, used again so that links in mails stay valid. */
    port: port.nullable(),
    /** The last known name of the embedded backend's identity provider, for the sign-in form before it answers. Absent in old files. */
    provider: z.string().nullable().default(null),
  }),
  /** Whether the keychain has a token for the selected server, and the keychain's last state; null until known. */
  tokenKept: z.boolean().nullable().default(null),
  keychain: keychainState.nullable().default(null),
  /** Entries of the keychain that may hold an older token than the last session's. Absent in old files. */
  staleTokens: z.array(z.string()).max(maxStaleTokens).default([]),
  /** The console was locked when it quit, so it starts locked. */
  locked: z.boolean(),
  scheme: z.enum(['system', 'light', 'dark']),
  /** Absent in old files. */
  spelling: spellingName.default('en'),
  /** Whether the console starts with the system and has an icon in the tray. Absent in old files. */
  startup: z.object({ autostart: z.boolean(), tray: z.boolean() }).default({ autostart: false, tray: false }),
  /** The newest version that the feed of a channel has named, so that an older feed is refused. Absent in old files. */
  newestUpdate: z
    .object({ stable: z.string().nullable(), beta: z.string().nullable() })
    .default({ stable: null, beta: null }),
  /** When that feed was signed, so that an older feed of the same version is refused. Absent in old files. */
  newestFeed: z
    .object({ stable: z.string().nullable(), beta: z.string().nullable() })
    .default({ stable: null, beta: null }),
  /** The version of the console that found that graphics hardware does not work here; tried again with another version. */
  graphicsFailedIn: z.string().nullable().default(null),
  window: z
    .object({
      x: z.int(),
      y: z.int(),
      width: z.int().positive(),
      height: z.int().positive(),
      maximised: z.boolean(),
    })
    .nullable(),
});
export type Settings = z.infer<typeof settings>;

/** The settings of the first start. */
export const newSettings = (): Settings => ({
  version: 1,
  installation: randomUUID(),
  current: null,
  servers: [],
  thisComputer: { lastUserName: null, port: null, provider: null },
  tokenKept: null,
  keychain: null,
  staleTokens: [],
  locked: false,
  scheme: 'system',
  spelling: 'en',
  startup: { autostart: false, tray: false },
  newestUpdate: { stable: null, beta: null },
  newestFeed: { stable: null, beta: null },
  graphicsFailedIn: null,
  window: null,
});
