import { z } from 'zod';
import { deliveryChannel, deliveryMode, oldPasswordFate } from '../../api/delivery.ts';
import { endpoints } from '../../api/endpoints.ts';
import { call, callLike, nothing } from './call.ts';

const byReset = z.object({ resetId: z.string() });

/** Resets, and what can still be done about them. A drill has a double of it. */
export const resets = {
  /**
   * Spends a grant. Main keeps the temporary password; the page learns only that there is one. `attempt` is the page's
   * name for this press of the button: the same attempt again is the same reset.
   */
  reset: call(
    z.object({
      caseId: z.string(),
      grantId: z.string(),
      action: z.enum(['temporary-password', 'reset-link']),
      deliveryMode: deliveryMode.optional(),
      oldPassword: oldPasswordFate.optional(),
      sentBy: deliveryChannel.optional(),
      insteadOf: z.string().optional(),
      attempt: z.string().min(8).max(100),
    }),
    z.object({ reset: endpoints.reset.answer.shape.reset, secretHeld: z.boolean() }),
  ),
  /** Taken back unused; main forgets the temporary password. */
  revoke: callLike(endpoints.revokeReset),
};

/** What main holds for the caller. A drill has a double of it. */
export const handover = {
  /** The temporary password, for as long as it is shown; recorded by the backend before it is given. */
  reveal: call(byReset, z.object({ value: z.string(), concealAt: z.iso.datetime() })),
  conceal: call(byReset, nothing),
  /** Copies without showing; `clearedAt` is when the clipboard is emptied. */
  copy: call(byReset, z.object({ clearedAt: z.iso.datetime() })),
  /** The same as reveal, recorded as spelled. */
  spell: call(byReset, z.object({ value: z.string(), concealAt: z.iso.datetime() })),
  /** The caller has it: main and backend forget it, the case is closed. */
  done: call(byReset, nothing),
  /** Leaving the page: main forgets it. */
  forget: call(byReset, nothing),
};
