import type { Store, Transaction } from '../../store/store.ts';
import type { DirectoriesTable } from '../../store/tables.ts';
import type { UnfinishedRead } from './unfinished-read.ts';

/** Milliseconds for which one backend holds a read; renewed with every page. */
const leaseMs = 60_000;

/** What the row of a directory had when a read began. */
export type BegunRead = Pick<DirectoriesTable, 'cursor' | 'allowed_until'>;

/** The rows of `directories` that a feed works with: leases, cursors and faults. */
export function createFeedState(store: Store, worker: string, now: () => number) {
  const set = (tx: Transaction, id: string, values: Partial<DirectoriesTable>) =>
    tx.updateTable('directories').set(values).where('id', '=', id).execute();
  return {
    /** Takes the read of a directory; false while another one holds it. */
    async take(id: string): Promise<boolean> {
      const taken = await store.writeUnaudited((tx) =>
        tx
          .updateTable('directories')
          .set({ leased_by: worker, leased_until: now() + leaseMs })
          .where('id', '=', id)
          .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<=', now())]))
          .executeTakeFirst(),
      );
      return taken.numUpdatedRows === 1n;
    },
    /** Begins a read of all accounts. */
    begin: (id: string, read: UnfinishedRead) =>
      store.writeUnaudited((tx) => set(tx, id, { unfinished_read: JSON.stringify(read), accounts_read: 0 })),
    /** Renews the lease in the transaction of a page. */
    renew: (tx: Transaction, id: string, accountsRead: number) =>
      set(tx, id, { leased_until: now() + leaseMs, accounts_read: accountsRead }),
    /** Renews the lease in the transaction of some changes. */
    hold: (tx: Transaction, id: string) => set(tx, id, { leased_until: now() + leaseMs }),
    /** Ends a read that succeeded. If an administrator has asked for a read of all accounts since it began, that is the next one. */
    async finish(
      tx: Transaction,
      id: string,
      { cursor, begun, isWhole = false }: { cursor: string; begun: BegunRead; isWhole?: boolean },
    ): Promise<void> {
      const current = await tx
        .selectFrom('directories')
        .select(['cursor', 'allowed_until', 'unfinished_read'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const isBegunAnew = isWhole && current.unfinished_read === null;
      const isAsked =
        isBegunAnew || current.cursor !== begun.cursor || current.allowed_until !== begun.allowed_until;
      await set(tx, id, {
        cursor: isAsked ? null : cursor,
        ...(isWhole && { unfinished_read: null }),
        read_at: now(),
        fault: null,
        fault_at: null,
        leased_by: null,
        leased_until: null,
        ...(isWhole && { first_read_at: now() }),
      });
    },
    /** Ends a read that was interrupted. */
    release: (id: string) =>
      store.writeUnaudited((tx) => set(tx, id, { leased_by: null, leased_until: null })),
    fail: (id: string, fault: string) =>
      store.writeUnaudited((tx) =>
        set(tx, id, { fault, fault_at: now(), leased_by: null, leased_until: null }),
      ),
    /** Makes the next read one of all accounts, in the transaction that ends a read. */
    readAllNext: (tx: Transaction, id: string) => set(tx, id, { cursor: null }),
    /** Makes the next read one of all accounts. */
    restart: (id: string) =>
      store.writeUnaudited((tx) =>
        set(tx, id, { cursor: null, unfinished_read: null, fault: null, accounts_read: 0 }),
      ),
    row: (id: string) =>
      store.db.selectFrom('directories').selectAll().where('id', '=', id).executeTakeFirst(),
  };
}
