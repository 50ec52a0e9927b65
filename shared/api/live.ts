import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/**
 * What a console is told without asking: that something changed, and what it is about. Who is told what depends on their
 * rights; the content is read by the ordinary calls.
 */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('case-changed'), caseId: z.string() }),
  z.object({
    type: z.literal('approval-asked'),
    approvalId: z.string(),
    caseNumber: z.int(),
    operator: z.string(),
    displayName: z.string(),
  }),
  z.object({ type: z.literal('approval-settled'), approvalId: z.string(), caseId: z.string() }),
  z.object({ type: z.literal('account-flagged'), accountId: z.string(), displayName: z.string() }),
  z.object({ type: z.literal('account-frozen'), accountId: z.string(), displayName: z.string() }),
  z.object({ type: z.literal('account-changed'), accountId: z.string() }),
  z.object({ type: z.literal('alert-changed'), raised: z.boolean() }),
  z.object({ type: z.literal('required-reset-changed') }),
  z.object({ type: z.literal('policy-changed') }),
  z.object({ type: z.literal('session-ended'), sessionId: z.string() }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

export const followLive = endpoint({
  id: 'followLive',
  method: 'GET',
  path: '/live',
  summary: 'Server-sent events: what changed, as it happens; ends with the session',
  right: 'session',
  events: true,
  answer: liveEvent,
  errors: [],
});
