import { z } from 'zod';
import { failure } from '../errors/result.ts';
import { updateModes } from '../updates/update-feed.ts';

/** What the console knows about newer versions of itself. */
export const updateState = z.object({
  mode: z.enum(updateModes),
  stage: z.enum([
    /** Neither the organisation nor the server names a feed. */
    'no-feed',
    'unchecked',
    'checking',
    /** Nothing newer is offered to this console. */
    'current',
    'available',
    'downloading',
    /** Installed when the console quits or is restarted. */
    'ready',
    'failed',
  ]),
  /** The version that runs. */
  installed: z.string(),
  /** The newer version and its notes. */
  version: z.string().nullable(),
  notes: z.string().nullable(),
  /** Why the last check or download failed. */
  failure: failure.nullable(),
  /** This package replaces itself; others are updated by the system's package manager. */
  replacesItself: z.boolean(),
});
export type UpdateState = z.infer<typeof updateState>;
