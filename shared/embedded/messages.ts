import { z } from 'zod';

/** What the console tells the backend that it starts as a process of its own. */
export const toBackend = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    dataFolder: z.string().min(1),
    /** The port of the last start, so that e-mailed links stay good; 0 for any. */
    preferredPort: z.int().min(0).max(65_535),
    setupCode: z.string().min(16),
    version: z.string(),
  }),
  z.object({ type: z.literal('stop') }),
]);
export type ToBackend = z.infer<typeof toBackend>;

/** What that process answers. */
export const fromBackend = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), port: z.int().min(1).max(65_535), publicUrl: z.string() }),
  z.object({ type: z.literal('failed'), detail: z.string() }),
]);
export type FromBackend = z.infer<typeof fromBackend>;
