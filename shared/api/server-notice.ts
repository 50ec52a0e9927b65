import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** What is wrong with how the server is reached, in the words of its configuration. */
export const serverNotice = z.object({
  code: z.enum(['proxy-without-public-url', 'proxy-not-trusted']),
  /** The variable to set. */
  set: z.string(),
  /** The address from which the requests come. */
  proxy: z.string().nullable(),
});
export type ServerNotice = z.infer<typeof serverNotice>;

export const listServerNotices = endpoint({
  id: 'listServerNotices',
  method: 'GET',
  path: '/settings/notices',
  summary: 'List what requests since the start have shown to be wrong with the server’s configuration',
  right: 'policy.change',
  scope: { by: 'everything' },
  bridge: 'settings.notices',
  answer: z.object({ notices: z.array(serverNotice) }),
  errors: [],
});
