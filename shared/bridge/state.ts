import { z } from 'zod';
import { aboutView } from '../api/about.ts';
import { sessionView } from '../api/session.ts';
import { failure } from '../errors/result.ts';
import { keychainState } from './keychain-state.ts';
import { spellingName } from './spelling-name.ts';

export const connectionState = z.object({
  state: z.enum(['connected', 'slow', 'offline']),
  /** The server's clock minus this computer's, in milliseconds; to be added to the own clock in countdowns. */
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

/** Where the console stands: what the page should show first. */
export const consoleState = z.object({
  /** `doors`: nothing configured · `unreachable`: configured, but not answering. */
  stage: z.enum(['choose-server', 'unreachable', 'set-up', 'sign-in', 'locked', 'ready']),
  server: z
    .object({ kind: z.enum(['this-computer', 'server']), address: z.string(), about: aboutView.nullable() })
    .nullable(),
  /** What the server calls its identity provider; before it answers, what it said last. */
  provider: z.string().nullable(),
  session: sessionView.nullable(),
  /** Signed in here last, for the sign-in form. */
  lastUserName: z.string().nullable(),
  failure: failure.nullable(),
  connection: connectionState.nullable(),
  keychain: keychainState,
  platform: z.enum(['linux', 'darwin', 'win32']),
  version: z.string(),
  scheme: z.enum(['system', 'light', 'dark']),
  spelling: spellingName,
});
export type ConsoleState = z.infer<typeof consoleState>;
