import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

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
  z.object({ type: z.literal('change-held'), changeId: z.string(), displayName: z.string() }),
  z.object({ type: z.literal('operator-reported'), operator: z.string() }),
  z.object({ type: z.literal('account-changed'), accountId: z.string() }),
  z.object({ type: z.literal('alert-changed'), raised: z.boolean() }),
  z.object({ type: z.literal('required-reset-changed') }),
  z.object({ type: z.literal('policy-changed') }),
  z.object({ type: z.literal('session-ended'), sessionId: z.string() }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

/**
 * What a locked console is told: that something happened and how much waits, never about whom. Whoever stands before the lock has
 * proved nothing.
 */
export const lockedEvent = z.object({
  /** Null for how it stands when the stream is opened, and after something was settled. */
  happened: z
    .enum(['approval-asked', 'account-flagged', 'account-frozen', 'change-held', 'alert-raised'])
    .nullable(),
  /** Requests and held changes that this operator can answer. */
  waiting: z.int(),
});
export type LockedEvent = z.infer<typeof lockedEvent>;

/** Takes the refresh token, the one thing that a locked console still has. It is not exchanged; the session is locked from here on until a proof. */
export const followLocked = endpoint({
  id: 'followLocked',
  method: 'POST',
  path: '/live/locked',
  summary: 'Locks the session, and sends its console events: that something waits, and nothing about it',
  right: null,
  body: z.object({ refreshToken: z.string().min(1).max(limits.password) }),
  events: true,
  answer: lockedEvent,
  errors: ['session.expired', 'session.missing'],
});

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
