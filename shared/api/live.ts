import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { protectedActs, protectedChangeStates } from './protected-change-view.ts';

/**
 * An event that the backend sends to a console: what changed, without its content, which the console reads with ordinary
 * requests. The operator's rights decide which events are sent.
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
  z.object({ type: z.literal('change-held'), changeId: z.string(), displayName: z.string() }),
  z.object({ type: z.literal('operator-reported'), operator: z.string() }),
  z.object({ type: z.literal('account-changed'), accountId: z.string() }),
  z.object({ type: z.literal('alert-changed'), raised: z.boolean() }),
  z.object({ type: z.literal('required-reset-changed') }),
  z.object({ type: z.literal('policy-changed') }),
  z.object({ type: z.literal('protected-change-proposed'), changeId: z.string(), operator: z.string() }),
  z.object({
    type: z.literal('protected-change-settled'),
    changeId: z.string(),
    state: z.enum(protectedChangeStates),
  }),
  /** It took effect; `operator` made or proposed it. */
  z.object({ type: z.literal('protected-change-made'), act: z.enum(protectedActs), operator: z.string() }),
  z.object({ type: z.literal('session-ended'), sessionId: z.string() }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

/**
 * An event for a locked console: that something happened and how many requests wait, without names, since the person in front
 * of it has not authenticated.
 */
export const lockedEvent = z.object({
  /** Null for the first event of a stream, and after a request was decided. */
  happened: z
    .enum(['approval-asked', 'account-flagged', 'account-frozen', 'change-held', 'alert-raised'])
    .nullable(),
  /** The number of requests and held changes that this operator can decide. */
  waiting: z.int(),
});
export type LockedEvent = z.infer<typeof lockedEvent>;

/**
 * Takes the refresh token, since a locked console has no other. The token stays valid; the session stays locked until the
 * operator re-authenticates.
 */
export const followLocked = endpoint({
  id: 'followLocked',
  method: 'POST',
  path: '/live/locked',
  summary: 'Lock the session and send its console the number of waiting requests, as server-sent events',
  right: null,
  scope: { by: 'nothing', because: 'it tells a number' },
  body: z.object({ refreshToken: z.string().min(1).max(limits.password) }),
  events: true,
  answer: lockedEvent,
  errors: ['session.expired', 'session.missing'],
});

export const followLive = endpoint({
  id: 'followLive',
  method: 'GET',
  path: '/live',
  summary: 'Send events about changes as server-sent events, until the session ends',
  right: 'session',
  scope: { by: 'rows' },
  events: true,
  answer: liveEvent,
  errors: [],
});
