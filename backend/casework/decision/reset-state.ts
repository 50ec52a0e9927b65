import { Refusal } from '../../refusal.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { CaseContext } from './case-context.ts';

/** Whether a reset is done and its user could still use it: it can be resent, revoked or replaced. */
export const isUnused = (reset: ResetsTable, at: number): boolean =>
  reset.state === 'done' &&
  (reset.used_at ?? reset.password_set_at ?? reset.voided_at) === null &&
  (reset.valid_until ?? 0) > at;

/** Whether a temporary password was never shown and is no longer held, so that the caller cannot get it. */
export const isSecretLost = (reset: ResetsTable, isHeld: (resetId: string) => boolean): boolean =>
  reset.state === 'done' &&
  reset.revoked_at === null &&
  reset.action === 'temporary-password' &&
  reset.revealed_at === null &&
  !isHeld(reset.id);

/** Whether a reset is the one that its case may have. After a lost or revoked reset, the case may reset again on the same evidence. */
export const isFinalReset = (reset: ResetsTable, isHeld: (resetId: string) => boolean): boolean =>
  reset.state === 'done' && reset.revoked_at === null && !isSecretLost(reset, isHeld);

/** The unused reset that a new one replaces; throws `reset.not-found` or `reset.settled`. */
export function replaceableReset({ resets, at }: CaseContext, resetId: string): ResetsTable {
  const reset = resets.find(({ id }) => id === resetId);
  if (reset === undefined) throw new Refusal('reset.not-found');
  if (!isUnused(reset, at)) throw new Refusal('reset.settled');
  return reset;
}

/** The case without one of its resets, to decide about the reset that replaces it. */
export const withoutReset = (context: CaseContext, resetId: string | undefined): CaseContext => ({
  ...context,
  resets: context.resets.filter(({ id }) => id !== resetId),
});

/** Why the console may not show the secret of a completed reset; null if it may. */
export function revealRefusal(reset: ResetsTable, at: number): 'reset.sealed' | 'reset.not-found' | null {
  if (reset.delivery_mode === 'sealed') return 'reset.sealed';
  const isOver = (reset.valid_until ?? 0) <= at || reset.handed_over_at !== null || reset.voided_at !== null;
  const isShowable = reset.action === 'temporary-password' && !isOver && reset.password_set_at === null;
  return isShowable ? null : 'reset.not-found';
}
