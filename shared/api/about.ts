import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const aboutView = z.object({
  product: z.literal('Reset Desk'),
  version: z.string(),
  api: z.int(),
  /** `embedded` runs inside a console for one computer. */
  mode: z.enum(['embedded', 'server']),
  setup: z.enum(['needs-first-administrator', 'ready']),
  /** Where the self-service pages are reached, without a trailing slash. */
  publicUrl: z.string(),
  /** The identity provider that operators may sign in with, as its button names it; null for none. */
  provider: z.string().nullable(),
  /** The server's clock, to notice a console whose clock is off. */
  time: z.iso.datetime(),
});
export type AboutView = z.infer<typeof aboutView>;

export const getAbout = endpoint({
  id: 'getAbout',
  method: 'GET',
  path: '/about',
  summary: 'What answers here, in which version, and whether it has been set up',
  right: null,
  answer: aboutView,
  errors: [],
});
