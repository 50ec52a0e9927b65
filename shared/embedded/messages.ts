import { z } from 'zod';
import { aboutView } from '../api/about.ts';
import { backendFailureCodes } from '../errors/codes.ts';

/** The messages from the console to the embedded backend, which runs as a process of its own. */
export const toBackend = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    dataFolder: z.string().min(1),
    /** The port of the last start, so that links in mails stay valid; 0 for any free port. */
    preferredPort: z.int().min(0).max(65_535),
    setupCode: z.string().min(16),
    version: z.string(),
  }),
  z.object({ type: z.literal('stop') }),
]);
export type ToBackend = z.infer<typeof toBackend>;

/** The messages from the embedded backend to the console. */
export const fromBackend = z.discriminatedUnion('type', [
  /** The database is open, and requests to the port are answered as soon as the rest of the code is loaded. */
  z.object({ type: z.literal('ready'), port: z.int().min(1).max(65_535), about: aboutView }),
  z.object({
    type: z.literal('failed'),
    /** `backend-process.failed` if it is no fault of the data folder. */
    code: z.enum(backendFailureCodes),
    detail: z.string(),
  }),
]);
export type FromBackend = z.infer<typeof fromBackend>;
