import { z } from 'zod';
import { liveEvent } from '../../api/live.ts';
import { notice } from '../notice.ts';
import { updateState } from '../update-state.ts';
import { backendProcessState, connectionState } from '../state.ts';

/** The events that main sends to the page. */
export const eventContract = {
  connection: connectionState,
  /** The session changed without a call of the page: it locked after idle time, expired, or was ended elsewhere. */
  session: z.object({ change: z.enum(['locked', 'expired', 'signed-out', 'unlocked']) }),
  clipboard: z.object({
    state: z.enum(['holding', 'cleared', 'replaced']),
    clearedAt: z.iso.datetime().nullable(),
  }),
  backendProcess: backendProcessState,
  navigate: z.object({
    to: z.enum([
      'search',
      'desk',
      'queue',
      'cases',
      'settings',
      'import',
      'lock',
      'keys',
      'report',
      'documentation',
      'licences',
    ]),
    /** The case whose request the queue opens. */
    caseNumber: z.int().optional(),
  }),
  /** A link of another program arrived. */
  link: z.object({ waiting: z.literal(true) }),
  /** What the console knows about newer versions has changed. */
  update: updateState,
  appearance: z.object({ dark: z.boolean() }),
  /** The page must hide every secret that it shows: the window lost focus or was hidden, or the screen was locked. */
  concealSecrets: z.object({ why: z.enum(['blur', 'lock', 'hidden', 'expired', 'signed-out']) }),
  /** An event of the backend's live stream. `caught-up`: the stream was just opened, so anything may have changed. */
  live: z.discriminatedUnion('type', [...liveEvent.options, z.object({ type: z.literal('caught-up') })]),
  notice,
  /** The number of requests that wait for the operator of a locked console, which learns nothing else about them. */
  waiting: z.object({ waiting: z.int() }),
} as const satisfies Record<string, z.ZodType>;
