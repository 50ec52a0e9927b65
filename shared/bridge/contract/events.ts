import { z } from 'zod';
import { liveEvent } from '../../api/live.ts';
import { backendProcessState, connectionState } from '../state.ts';

/** What main tells the page unasked. */
export const eventContract = {
  connection: connectionState,
  /** The session changed without being asked to: locked by idleness, expired, ended elsewhere. */
  session: z.object({ change: z.enum(['locked', 'expired', 'signed-out', 'unlocked']) }),
  clipboard: z.object({
    state: z.enum(['holding', 'cleared', 'replaced']),
    clearedAt: z.iso.datetime().nullable(),
  }),
  backendProcess: backendProcessState,
  navigate: z.object({
    to: z.enum(['search', 'desk', 'queue', 'cases', 'settings', 'import', 'lock', 'keys']),
  }),
  appearance: z.object({ dark: z.boolean() }),
  /** The window lost focus, was hidden, or the screen was locked: whatever secret is shown must go. */
  concealSecrets: z.object({ why: z.enum(['blur', 'lock', 'hidden', 'expired', 'signed-out']) }),
  /** What the backend told this console; `caught-up` when the stream was opened and everything may have changed. */
  live: z.discriminatedUnion('type', [...liveEvent.options, z.object({ type: z.literal('caught-up') })]),
  /** Requests that wait for the operator of a console that is locked; no more is said there. */
  waiting: z.object({ waiting: z.int() }),
} as const satisfies Record<string, z.ZodType>;
