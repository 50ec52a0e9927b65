import { Refusal } from '../../refusal.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { CaseContext } from './case-context.ts';

/** Whether the user has not used a reset and still could: it can be sent anew, taken back, or given another way instead. */
export const isUnused = (reset: ResetsTable, at: number): boolean =>
  reset.state === 'done' &&
  (reset.used_at ?? reset.password_set_at ?? reset.voided_at) === null &&
  (reset.valid_until ?? 0) > at;

/** The unused reset of a case that another one may come instead of; throws when it is none, or not any more. */
export function replaceable({ resets, at }: CaseContext, resetId: string): ResetsTable {
  const reset = resets.find(({ id }) => id === resetId);
  if (reset === undefined) throw new Refusal('reset.not-found');
  if (!isUnused(reset, at)) throw new Refusal('reset.settled');
  return reset;
}

/** The case as it stands without one of its resets, to ask what could come instead. */
export const without = (context: CaseContext, resetId: string | undefined): CaseContext => ({
  ...context,
  resets: context.resets.filter(({ id }) => id !== resetId),
});
