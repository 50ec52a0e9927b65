import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { deliveryChannel, deliveryChoices, deliveryMode, oldPasswordFate } from './delivery.ts';
import { mailState } from './mail.ts';
import { temporaryStyles } from './password-section.ts';

export const resetStates = ['intended', 'done', 'failed', 'unknown'] as const;

/** A reset without its secret. */
export const resetView = z.object({
  id: z.string(),
  action: z.enum(['temporary-password', 'reset-link']),
  state: z.enum(resetStates),
  at: z.iso.datetime(),
  /** Until when the temporary password or the link works. */
  validUntil: z.iso.datetime().nullable(),
  sessionsEnded: z.int(),
  unlocked: z.boolean(),
  /** How strong its temporary password is, in bits, and how it is made; null for a link. */
  secretBits: z.int().nullable(),
  secretStyle: z.enum(temporaryStyles).nullable(),
  /** How its temporary password reaches the user, and what becomes of the one before. */
  deliveryMode,
  oldPassword: oldPasswordFate,
  /** Where the link or the sealed password went, masked. */
  sentTo: z.string().nullable(),
  /** By mail or by text; null for what was read out. */
  sentBy: deliveryChannel.nullable(),
  delivery: mailState.nullable(),
  deliveryAnswer: z.string().nullable(),
  /** When the mail is tried again, while it waits in the queue. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /** How often the link was sent anew. */
  resent: z.int(),
  handedOverAt: z.iso.datetime().nullable(),
  /** What the user has done with it since. */
  use: z.enum(['none', 'link-opened', 'signed-in', 'password-set', 'expired', 'voided', 'revoked']),
});
export type ResetView = z.infer<typeof resetView>;

const byReset = z.object({ resetId: z.string().min(1).max(100) });

export const reset = endpoint({
  id: 'reset',
  method: 'POST',
  path: '/cases/:caseId/resets',
  summary: 'Spend a grant: set a temporary password or mail a reset link',
  right: 'cases.work',
  practised: true,
  params: z.object({ caseId: z.string().min(1).max(100) }),
  body: z.object({
    grantId: z.string().min(1).max(100),
    action: z.enum(['temporary-password', 'reset-link']),
    /** For a temporary password; the policy and the case's reason decide what is not said. */
    deliveryMode: deliveryMode.optional(),
    oldPassword: oldPasswordFate.optional(),
    /** For a sealed or split one. */
    sentBy: deliveryChannel.optional(),
    /** The unused reset of the case that this one comes instead of: it is taken back as this one is made. */
    insteadOf: z.string().min(1).max(100).optional(),
  }),
  idempotent: true,
  answer: z.object({
    reset: resetView,
    /** What may be read out, shown once: all of it, half of a split one, or null for a sealed one and for a link. */
    temporaryPassword: z.string().nullable(),
  }),
  secret: true,
  errors: [
    'case.not-found',
    'case.not-yours',
    'case.ended',
    'case.expired',
    'assurance.not-enough',
    'grant.not-found',
    'grant.expired',
    'grant.spent',
    'grant.other-operator',
    'grant.other-session',
    'grant.other-action',
    'grant.other-case',
    'grant.policy-changed',
    'grant.clock-set-back',
    'account.no-local-password',
    'account.disabled',
    'account.frozen',
    'account.own',
    'reset.not-found',
    'reset.settled',
    'reset.key-reused',
    'reset.in-progress',
    'reset.secret-gone',
    'reset.outcome-unknown',
    'reset.no-address',
    'reset.no-channel',
    'reset.delivery-not-allowed',
    'case.ticket-required',
    'case.reason-required',
    'approval.needed',
    'approval.denied',
    'request.conflict',
    'session.reauthentication-required',
    'mail.failed',
    'text.failed',
    'directory.unavailable',
  ],
});

/** How an operator came to see a temporary password; each is an audit event. */
export const revealWays = ['shown', 'copied', 'spelled'] as const;

export const recordReveal = endpoint({
  id: 'recordReveal',
  method: 'POST',
  path: '/resets/:resetId/reveals',
  summary: 'Record that a temporary password is about to be shown, copied or spelled',
  right: 'cases.work',
  practised: true,
  params: byReset,
  body: z.object({ way: z.enum(revealWays) }),
  answer: z.object({ at: z.iso.datetime() }),
  errors: ['reset.not-found', 'reset.sealed', 'case.not-yours'],
});

export const handOver = endpoint({
  id: 'handOver',
  method: 'POST',
  path: '/resets/:resetId/hand-over',
  summary: 'The caller has it: forget the secret and close the case',
  right: 'cases.work',
  practised: true,
  params: byReset,
  answer: resetView,
  errors: ['reset.not-found', 'case.not-yours'],
});

export const resendResetLink = endpoint({
  id: 'resendResetLink',
  method: 'POST',
  path: '/resets/:resetId/resend',
  summary: 'Mail a new link for the same reset; the link before is void. Three times at most, a minute apart',
  right: 'cases.work',
  bridge: 'resets.resend',
  practised: true,
  params: byReset,
  answer: resetView,
  errors: [
    'reset.not-found',
    'reset.settled',
    'reset.no-address',
    'case.not-yours',
    'account.frozen',
    'account.disabled',
    'account.not-found',
    'request.rate-limited',
  ],
});

export const revokeReset = endpoint({
  id: 'revokeReset',
  method: 'POST',
  path: '/resets/:resetId/revoke',
  summary: 'Take back a link or a temporary password that was not used yet',
  right: 'cases.work',
  practised: true,
  params: byReset,
  answer: resetView,
  errors: ['reset.not-found', 'reset.settled', 'case.not-yours'],
});

export const getDeliveryChoices = endpoint({
  id: 'getDeliveryChoices',
  method: 'GET',
  path: '/cases/:caseId/delivery-choices',
  summary:
    'How a temporary password of this case may reach its user, and what becomes of the password before',
  right: 'cases.work',
  bridge: 'cases.deliveryChoices',
  practised: true,
  params: z.object({ caseId: z.string().min(1).max(100) }),
  answer: deliveryChoices,
  errors: ['case.not-found', 'case.not-yours', 'case.ended', 'case.expired'],
});
