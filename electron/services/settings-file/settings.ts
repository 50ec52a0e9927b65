import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { keychainState } from '../../../shared/bridge/keychain-state.ts';
import { spellingName } from '../../../shared/bridge/spelling-name.ts';

const port = z.int().min(1).max(65_535);

const serverSettings = z.object({
  /** Normalised base address, without a trailing slash. */
  address: z.string(),
  lastUserName: z.string().nullable(),
});

/** What the console remembers between two starts. Nothing in here is a secret: these live in the keychain. */
export const settings = z.object({
  version: z.literal(1),
  /** Tells this user-data folder's keychain entries from those of another. */
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
    /** The embedded backend's last port, asked for again so that mailed links stay good. */
    port: port.nullable(),
    /** What the embedded backend called its identity provider last, so that the form is whole before it answers; newer than the first files. */
    provider: z.string().nullable().default(null),
  }),
  /** Whether the keychain has the token of a session at the server in use, and what kind of keychain there was; null until it is known. */
  tokenKept: z.boolean().nullable().default(null),
  keychain: keychainState.nullable().default(null),
  /** The console was locked when it ended, so it starts locked. */
  locked: z.boolean(),
  scheme: z.enum(['system', 'light', 'dark']),
  /** Newer than the first files. */
  spelling: spellingName.default('en'),
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

/** The settings of a first start. */
export const newSettings = (): Settings => ({
  version: 1,
  installation: randomUUID(),
  current: null,
  servers: [],
  thisComputer: { lastUserName: null, port: null, provider: null },
  tokenKept: null,
  keychain: null,
  locked: false,
  scheme: 'system',
  spelling: 'en',
  window: null,
});
