import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import type { AccountSourcesTable } from '../../store/tables.ts';

/** A source that has not been removed; undefined if there is none. */
export const findSourceRow = (
  store: Pick<Store, 'db'>,
  sourceId: string,
): Promise<AccountSourcesTable | undefined> =>
  store.db
    .selectFrom('account_sources')
    .selectAll()
    .where('id', '=', sourceId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();

/** Finds a source that has not been removed. Throws `account-source.not-found`. */
export async function sourceRow(store: Pick<Store, 'db'>, sourceId: string): Promise<AccountSourcesTable> {
  const row = await findSourceRow(store, sourceId);
  if (!row) throw new Refusal('account-source.not-found');
  return row;
}
