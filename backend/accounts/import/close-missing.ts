import type { Selectable } from 'kysely';
import type { Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import type { StoredRow } from './batch-rows.ts';

const pageSize = 1000;

/** Stages the closing of every open account of the source that the complete file does not contain; returns how many there are. */
export async function stageMissing(tx: Transaction, row: Selectable<ImportsTable>): Promise<number> {
  const batch = batchRowsOf(tx);
  let closed = 0;
  for (let last = 0; ;) {
    const missing = await tx
      .selectFrom('accounts')
      .select(['row_id', 'id', 'user_name', 'display_name'])
      .where('source', '=', row.source)
      .where('closed_at', 'is', null)
      .where((where) =>
        where.or([where('seen_in_import', 'is', null), where('seen_in_import', '!=', row.id)]),
      )
      .where('row_id', '>', last)
      .orderBy('row_id')
      .limit(pageSize)
      .execute();
    if (missing.length > 0) {
      const rows = missing.map(({ id, user_name, display_name }, at): StoredRow => ({
        line: -(closed + at + 1),
        kind: 'closed',
        account_id: id,
        data: JSON.stringify({ user_name, display_name }),
        fields: null,
      }));
      await batch.stage(row.id, rows);
    }
    closed += missing.length;
    if (missing.length < pageSize) return closed;
    last = missing.at(-1)?.row_id ?? last;
  }
}
