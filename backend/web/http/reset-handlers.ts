import type * as resetApi from '../../../shared/api/reset.ts';
import type { Resets } from '../../casework/resets/resets.ts';
import type { Handlers } from './handler.ts';

/** Resets and their handover over HTTP. */
export const createResetHandlers = (resets: Resets): Handlers<typeof resetApi> => ({
  reset: async ({ params: { caseId }, body, idempotencyKey, session, origin }) => {
    const answer = await resets.reset({ caseId, ...body, key: idempotencyKey }, session, origin);
    // Here the temporary password leaves the backend for the operator's console.
    return { ...answer, temporaryPassword: answer.temporaryPassword?.expose() ?? null };
  },
  getDeliveryChoices: ({ params: { caseId }, session }) => resets.deliveryChoices(caseId, session),
  recordReveal: async ({ params, body, session, origin }) => ({
    at: new Date(await resets.recordReveal(params.resetId, body.way, session, origin)).toISOString(),
  }),
  resendResetLink: ({ params, session, origin }) => resets.resend(params.resetId, session, origin),
  revokeReset: ({ params, session, origin }) => resets.revoke(params.resetId, session, origin),
  handOver: ({ params, session, origin }) => resets.handOver(params.resetId, session, origin),
});
