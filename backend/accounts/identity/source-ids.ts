import type { Transaction } from '../../store/store.ts';

/** Adds an id to those of an account. An id that another account had is moved, because it identifies a single person. */
export async function addSourceId(
  tx: Transaction,
  {
    accountId,
    source,
    sourceId,
    key,
    at,
  }: {
    readonly accountId: string;
    readonly source: string;
    readonly sourceId: string;
    readonly key: string;
    readonly at: number;
  },
): Promise<void> {
  const values = { source, source_id: sourceId, account_id: accountId, added_at: at };
  await tx
    .insertInto('account_source_ids')
    .values({ source_id_key: key, ...values })
    .onConflict((conflict) => conflict.column('source_id_key').doUpdateSet(values))
    .execute();
}
