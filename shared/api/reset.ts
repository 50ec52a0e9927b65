import { z } from 'zod';
import { actionErrors, grantErrors, ownCaseErrors } from './case-errors.ts';
import { endpoint } from './endpoint.ts';
import {
  deliveryChannel,
  deliveryChoices,
  deliveryMode,
  oldPasswordFate,
  resetCredential,
} from './delivery.ts';
import { keptMessage, mailState } from './mail.ts';
import { secretStyles } from './password-section.ts';

export const resetStates = ['intended', 'done', 'failed', 'unknown'] as const;

/** A reset without its secret. */
export const resetView = z.object({
  id: z.string(),
  action: z.enum(['temporary-password', 'reset-link']),
  state: z.enum(resetStates),
  /**
   * The temporary password was set, but never shown, and the server does not hold it any longer: its answer was lost, or the server was restarted.
   * The case may be reset again on the same evidence.
   */
  secretLost: z.boolean(),
  at: z.iso.datetime(),
  /** When the temporary password or the link expires. */
  validUntil: z.iso.datetime().nullable(),
  sessionsEnded: z.int(),
  unlocked: z.boolean(),
  /** The strength of the temporary password in bits, and its style; null for a link. The strength of a pass is also null. */
  secretBits: z.int().nullable(),
  secretStyle: z.enum(secretStyles).nullable(),
  /** How the temporary password reaches the user, and what happens to the previous password. */
  deliveryMode,
  oldPassword: oldPasswordFate,
  /** The masked address or number that received the link or the sealed password. */
  sentTo: z.string().nullable(),
  /** By mail or by text; null for a password that was only read out. */
  sentBy: deliveryChannel.nullable(),
  delivery: mailState.nullable(),
  deliveryAnswer: z.string().nullable(),
  /** Where the outbox has the mail, while it is kept there. Reading it needs its own right. */
  keptMessage: keptMessage.optional(),
  /** When the next attempt to send the mail is made; null if none is due. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /** How often the link was resent. */
  resent: z.int(),
  handedOverAt: z.iso.datetime().nullable(),
  /** How the user has used the reset so far. `link-fetched`: an unknown client fetched the link's address, the user or a mail scanner. */
  use: z.enum(['none', 'link-fetched', 'signed-in', 'password-set', 'expired', 'voided', 'revoked']),
});
export type ResetView = z.infer<typeof resetView>;

const byReset = z.object({ resetId: z.string().min(1).max(100) });

export const reset = endpoint({
  id: 'reset',
  method: 'POST',
  path: '/cases/:caseId/resets',
  summary: 'Spend a grant: set a temporary password, or mail a reset link',
  right: 'cases.work',
  scope: { by: 'case' },
  proof: 'in-decision',
  practised: true,
  params: z.object({ caseId: z.string().min(1).max(100) }),
  body: z.object({
    grantId: z.string().min(1).max(100),
    action: z.enum(['temporary-password', 'reset-link']),
    /** For a temporary password. The defaults come from the policy and the reason of the case. A pass can only be read out. */
    credential: resetCredential.optional(),
    deliveryMode: deliveryMode.optional(),
    oldPassword: oldPasswordFate.optional(),
    /** For a sealed or split password. */
    sentBy: deliveryChannel.optional(),
    /** An unused reset of the case, which this one replaces: it is revoked in the same transaction. */
    insteadOf: z.string().min(1).max(100).optional(),
  }),
  idempotent: true,
  answer: z.object({
    reset: resetView,
    /** The part to read out, answered once: all, half of a split password, or null for a sealed one or a link. */
    temporaryPassword: z.string().nullable(),
  }),
  secret: true,
  errors: [
    ...actionErrors,
    ...grantErrors,
    'reset.not-found',
    'reset.settled',
    'reset.key-reused',
    'reset.in-progress',
    'reset.secret-gone',
    'reset.outcome-unknown',
    'reset.no-channel',
    'reset.delivery-not-allowed',
    'approval.needed',
    'mail.failed',
    'text.failed',
    'directory.unavailable',
    'directory.not-trusted',
    'directory.service-account',
    'directory.right-missing',
    'directory.password-refused',
    'directory.pass-refused',
    'directory.account-gone',
    'directory.not-found',
    'request.rate-limited',
  ],
});

/** How an operator gets to see a temporary password; each is an audit event. */
export const revealWays = ['shown', 'copied', 'spelled'] as const;

export const recordReveal = endpoint({
  id: 'recordReveal',
  method: 'POST',
  path: '/resets/:resetId/reveals',
  summary: 'Record that a temporary password is about to be shown, copied or spelled',
  right: 'cases.work',
  scope: { by: 'reset' },
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
  summary: 'Confirm that the caller has the password: delete the secret and close the case',
  right: 'cases.work',
  scope: { by: 'reset' },
  practised: true,
  params: byReset,
  answer: resetView,
  errors: ['reset.not-found', 'case.not-yours'],
});

export const resendResetLink = endpoint({
  id: 'resendResetLink',
  method: 'POST',
  path: '/resets/:resetId/resend',
  summary:
    'Mail a new link for the same reset and revoke the previous one; at most three times, a minute apart',
  right: 'cases.work',
  scope: { by: 'reset' },
  bridge: 'resets.resend',
  practised: true,
  params: byReset,
  answer: resetView,
  errors: [
    'reset.not-found',
    'reset.settled',
    'reset.no-address',
    'reset.mail-unavailable',
    'case.not-yours',
    'account.frozen',
    'account.disabled',
    'account.expired',
    'account.not-started',
    'account.not-found',
    'request.rate-limited',
  ],
});

export const revokeReset = endpoint({
  id: 'revokeReset',
  method: 'POST',
  path: '/resets/:resetId/revoke',
  summary: 'Revoke an unused link or temporary password',
  right: 'cases.work',
  scope: { by: 'reset' },
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
    'Get the choices for a temporary password of this case: delivery and what happens to the previous password',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.deliveryChoices',
  practised: true,
  params: z.object({ caseId: z.string().min(1).max(100) }),
  answer: deliveryChoices,
  errors: [...ownCaseErrors],
});
