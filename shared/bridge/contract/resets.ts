import { z } from 'zod';
import { deliveryChannel, deliveryMode, oldPasswordFate, resetCredential } from '../../api/delivery.ts';
import { endpoints } from '../../api/endpoints.ts';
import { call, callLike, nothing } from './call.ts';

const byReset = z.object({ resetId: z.string() });

/** Resets and their revocation. A drill has the same calls as `practiceResets`. */
export const resets = {
  /**
   * Spends a grant on a reset. Main keeps the temporary password and tells the page only that it exists. `attempt` is an
   * idempotency key: a repeated call with the same one answers the same reset.
   */
  reset: call(
    z.object({
      caseId: z.string(),
      grantId: z.string(),
      action: z.enum(['temporary-password', 'reset-link']),
      credential: resetCredential.optional(),
      deliveryMode: deliveryMode.optional(),
      oldPassword: oldPasswordFate.optional(),
      sentBy: deliveryChannel.optional(),
      insteadOf: z.string().optional(),
      attempt: z.string().min(8).max(100),
    }),
    z.object({ reset: endpoints.reset.answer.shape.reset, secretHeld: z.boolean() }),
  ),
  /** Revokes an unused reset. Main forgets its temporary password. */
  revoke: callLike(endpoints.revokeReset),
};

/** The temporary password that main holds for the caller. A drill has the same calls as `practiceHandover`. */
export const handover = {
  /** Answers the temporary password, to be shown until `concealAt`. The backend records the reveal first. */
  reveal: call(byReset, z.object({ value: z.string(), concealAt: z.iso.datetime() })),
  /** Whether main holds the password. A server that was restarted does not. */
  isHeld: call(byReset, z.object({ held: z.boolean() })),
  conceal: call(byReset, nothing),
  /** Copies it without showing it. The clipboard is cleared at `clearedAt`. */
  copy: call(byReset, z.object({ clearedAt: z.iso.datetime() })),
  /** Same as `reveal`, but recorded as spelled out to the caller. */
  spell: call(byReset, z.object({ value: z.string(), concealAt: z.iso.datetime() })),
  /** The caller has the password: main and the backend forget it, and the case is closed. */
  done: call(byReset, nothing),
  /** Main forgets the password because the operator left the screen. */
  forget: call(byReset, nothing),
};
