import type { Resets } from '../resets/resets.ts';
import type { Handlers } from './handler.ts';

/** Resets and their hand-over over HTTP. */
export const createResetHandlers = (
  resets: Resets,
): Handlers<'reset' | 'recordReveal' | 'handOver' | 'resendResetLink' | 'revokeReset'> => ({
  reset: ({ params: { caseId }, body: { grantId, action }, idempotencyKey, session, origin }) =>
    resets.reset({ caseId, grantId, action, key: idempotencyKey }, session, origin),
  recordReveal: async ({ params, body, session, origin }) => ({
    at: new Date(await resets.recordReveal(params.resetId, body.way, session, origin)).toISOString(),
  }),
  resendResetLink: ({ params, session, origin }) => resets.resend(params.resetId, session, origin),
  revokeReset: ({ params, session, origin }) => resets.revoke(params.resetId, session, origin),
  handOver: ({ params, session, origin }) => resets.handOver(params.resetId, session, origin),
});
