import type { Selectable } from 'kysely';
import type { OwnChangeKind } from '../../../shared/api/held-change.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { OwnChangesTable } from '../../store/tables/own-changes.ts';

export type OwnChangeRow = Selectable<OwnChangesTable>;

/** The name under which a change is sealed. */
export const changeSealName = (changeId: string): string => `own change ${changeId}`;

/** Ends a change without applying it; false if it was settled in the meantime. */
export async function settleChange(
  tx: Transaction,
  record: RecordEvent,
  row: Pick<OwnChangeRow, 'id' | 'account_id' | 'kind' | 'shown' | 'state'>,
  ending: {
    readonly state: 'denied' | 'lapsed' | 'withdrawn';
    readonly at: number;
    readonly by?: string;
    readonly reason?: string;
  },
): Promise<boolean> {
  const { state, at, by = null, reason = null } = ending;
  const { numUpdatedRows } = await tx
    .updateTable('own_changes')
    .set({ state, settled_at: at, sealed: null, code_hash: null, decided_by: by, reason })
    .where('id', '=', row.id)
    .where('state', '=', row.state)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await record({
    action: `own-change.${state}`,
    outcome: state === 'denied' ? 'refused' : 'done',
    accountId: row.account_id,
    facts: { change: row.kind, shown: row.shown, reason },
  });
  return true;
}

/** Withdraws the pending changes of an account: all, or those of one kind except the change `but`. */
export async function withdrawOpen(
  tx: Transaction,
  record: RecordEvent,
  {
    accountId,
    kind,
    but,
    at,
  }: {
    readonly accountId: string;
    readonly kind?: OwnChangeKind;
    readonly but?: string;
    readonly at: number;
  },
): Promise<void> {
  let open = tx
    .selectFrom('own_changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('state', 'in', ['unproved', 'held']);
  if (kind !== undefined) open = open.where('kind', '=', kind);
  if (but !== undefined) open = open.where('id', '!=', but);
  for (const row of await open.execute()) await settleChange(tx, record, row, { state: 'withdrawn', at });
}
