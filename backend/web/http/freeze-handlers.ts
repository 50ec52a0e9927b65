import type * as freezeApi from '../../../shared/api/freeze.ts';
import type { Freezes } from '../../casework/freezes/freezes.ts';
import type { Handlers } from './handler.ts';

/** Frozen accounts over HTTP. */
export const createFreezeHandlers = (freezes: Freezes): Handlers<typeof freezeApi> => ({
  listFrozen: async ({ query, session }) => ({ frozen: await freezes.list(query.limit, session) }),
  liftFreeze: async ({ params, body, session, origin }) => ({
    at: new Date(await freezes.lift(params.accountId, body.reason, session, origin)).toISOString(),
  }),
});
