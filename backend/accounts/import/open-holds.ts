import type { HoldReason } from '../../../shared/api/held-row.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { RowPlan } from './analyse-rows.ts';
import { stagedRowOf } from './list-held-rows.ts';
import type { StagedRow } from './staged-row.ts';

/** Whom a row names. */
const claimOf = (row: StagedRow, source: string): string =>
  `${source} ${row.source_id_key ?? ''} ${row.user_name_key} ${row.employee_number_key ?? ''}`;

/** The key of a held row, by which the same row of a later file replaces it. Rows that contradict each other may name the same person and differ otherwise. */
export const heldKeyOf = (row: StagedRow, source: string, reason: HoldReason): string =>
  reason === 'rows-contradict'
    ? JSON.stringify([
        claimOf(row, source),
        row.display_name,
        row.email_key,
        row.disabled,
        row.locked,
        row.expires_at,
        ...(row.starts_at === null ? [] : [row.starts_at]),
      ])
    : claimOf(row, source);

/**
 * Drops held rows whose claim a later file repeats without a contradiction. Otherwise an administrator could still decide that the row is of a new person,
 * who has an account by now.
 */
export async function readOpenHolds(store: Store, source: string) {
  const rows = await store.db
    .selectFrom('held_rows')
    .select(['id', 'data'])
    .where('source', '=', source)
    .where('state', '=', 'open')
    .execute();
  const open = new Map<string, string[]>();
  for (const held of rows) {
    const key = claimOf(stagedRowOf(held), source);
    open.set(key, [...(open.get(key) ?? []), held.id]);
  }
  return async (tx: Transaction, plans: readonly RowPlan[], at: number): Promise<void> => {
    if (open.size === 0) return;
    const ids = plans.flatMap(({ kind, row }) =>
      kind === 'held' ? [] : (open.get(claimOf(row, source)) ?? []),
    );
    if (ids.length === 0) return;
    await tx
      .updateTable('held_rows')
      .set({
        state: 'dropped',
        decided_at: at,
        decision_reason: 'A later file contains the row without the contradiction',
      })
      .where('id', 'in', ids)
      .where('state', '=', 'open')
      .execute();
  };
}
