import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const aboutView = z.object({
  product: z.literal('Reset Desk'),
  version: z.string(),
  api: z.int().min(1),
  /** `embedded`: started by a console for one computer · `server`: started on its own for many consoles. */
  mode: z.enum(['embedded', 'server']),
  setup: z.enum(['needs-first-administrator', 'ready']),
  /** The address of the self-service pages, without a trailing slash. */
  publicUrl: z.string(),
  /** The label of the identity provider's button; null where operators cannot sign in with one. */
  provider: z.string().nullable(),
  /** The oldest version of the API that the server still speaks; servers that do not say it speak `api` alone. */
  oldestApi: z.int().min(1).optional(),
  /** The https address below which consoles find newer versions of themselves; null or absent if the server names none. */
  updateFeed: z
    .url({ protocol: /^https$/ })
    .max(2000)
    .nullable()
    .optional(),
  /** The server's clock: the console corrects its countdowns by the difference. */
  time: z.iso.datetime(),
});
export type AboutView = z.infer<typeof aboutView>;

export const getAbout = endpoint({
  id: 'getAbout',
  method: 'GET',
  path: '/about',
  summary: 'Get the product, its version and whether it has been set up',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  answer: aboutView,
  errors: [],
});
