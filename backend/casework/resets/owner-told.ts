import type { Transaction } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';

/** Milliseconds that an operator needs to notice a lost password and to reset again. */
const sameReset = 10 * 60_000;

/**
 * Whether the previous reset's mail has already told the owner of this reset. That is so if the previous password was spoken and lost before an
 * operator saw it, so that both resets are one to the owner. It is not so if that password was used or revoked, or if its mail did not leave.
 */
export async function ownerIsTold(tx: Transaction, reset: ResetsTable, at: number): Promise<boolean> {
  // The mail about a pass has its own text.
  if (reset.secret_style === 'access-pass') return false;
  const lost = await tx
    .selectFrom('resets')
    .select('intended_at')
    .where('case_id', '=', reset.case_id)
    .where('id', '!=', reset.id)
    .where('action', '=', 'temporary-password')
    .where('delivery_mode', '=', 'spoken')
    .where('secret_style', '!=', 'access-pass')
    .where('state', '=', 'done')
    .where('revealed_at', 'is', null)
    .where('handed_over_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('used_at', 'is', null)
    .where('password_set_at', 'is', null)
    .where('intended_at', '>', at - sameReset)
    .executeTakeFirst();
  if (lost === undefined) return false;
  const states = await tx
    .selectFrom('mails')
    .select('state')
    .where('case_id', '=', reset.case_id)
    .where('kind', '=', 'notification')
    .where('queued_at', '>=', lost.intended_at)
    .execute();
  const isUnderway = ({ state }: { readonly state: string }) =>
    !['failed', 'withdrawn', 'bounced'].includes(state);
  return states.length > 0 && states.every(isUnderway);
}
