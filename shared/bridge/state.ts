import { z } from 'zod';
import { aboutView } from '../api/about.ts';
import { sessionView } from '../api/session.ts';
import { failure } from '../errors/result.ts';
import { managedState } from '../managed/managed-settings.ts';
import { keychainState, spellingName, startup } from './console-settings.ts';

export const connectionState = z.object({
  state: z.enum(['connected', 'slow', 'offline']),
  /** The server's clock minus this computer's, in milliseconds. Countdowns add it to the local clock. */
  clockOffset: z.number(),
  since: z.iso.datetime(),
});
export type ConnectionState = z.infer<typeof connectionState>;

export const backendProcessState = z.object({
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  restarts: z.int(),
  failure: failure.nullable(),
});
export type BackendProcessState = z.infer<typeof backendProcessState>;

/** Everything that decides which screen the console shows. */
export const consoleState = z.object({
  /** `choose-server`: no server is configured. `unreachable`: the configured server does not answer. */
  stage: z.enum(['choose-server', 'unreachable', 'set-up', 'sign-in', 'locked', 'ready']),
  server: z
    .object({ kind: z.enum(['this-computer', 'server']), address: z.string(), about: aboutView.nullable() })
    .nullable(),
  /** The name of the server's identity provider; until the server answers, the name that it gave last. */
  provider: z.string().nullable(),
  session: sessionView.nullable(),
  /** The user name of the last sign-in on this computer, for the sign-in form. */
  lastUserName: z.string().nullable(),
  failure: failure.nullable(),
  connection: connectionState.nullable(),
  keychain: keychainState,
  platform: z.enum(['linux', 'darwin', 'win32']),
  version: z.string(),
  scheme: z.enum(['system', 'light', 'dark']),
  spelling: spellingName,
  /** Whether the console starts with the system and has an icon in the tray. */
  startup,
  /** What the organisation manages on this computer. */
  managed: managedState,
});
export type ConsoleState = z.infer<typeof consoleState>;
