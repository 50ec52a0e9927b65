import { sql, type Kysely, type Transaction as KyselyTransaction } from 'kysely';
import { appendEvent, type AuditEvent, type ChainHead, type Origin } from './append-event.ts';
import type { AuditKey } from './audit-key.ts';
import { dialectOf } from './dialect.ts';
import type { Tables } from './tables.ts';

/** A transaction that has not been committed. */
export type Transaction = KyselyTransaction<Tables>;
/** Adds an event to the audit log in the transaction that it reports on. */
export type RecordEvent = (event: AuditEvent) => Promise<void>;

export interface Store {
  /** For reading. Writing goes through {@link Store.change} alone; on PostgreSQL a write here is refused. */
  readonly db: Kysely<Tables>;
  /**
   * The one way to write: a transaction that carries its own audit events. A change that records nothing is a defect and
   * is rolled back. Changes run one after the other on both databases, so that what one has read stays true until it ends.
   */
  change<T>(origin: Origin, work: (tx: Transaction, record: RecordEvent) => Promise<T>): Promise<T>;
  /**
   * Writes what means nothing by itself, such as when a session was last used: the one exception to {@link Store.change}.
   */
  writeUnaudited<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The name of the lock that writers on PostgreSQL take in turn; any number would do. */
const writersLock = 7_345_112;

/**
 * Wraps a migrated database; `now` in milliseconds. `writer` is where changes go when that is another pool of connections. With a key the audit
 * log is signed as it grows.
 */
export function createStore(
  db: Kysely<Tables>,
  now: () => number,
  writer: Kysely<Tables> = db,
  key: AuditKey | null = null,
): Store {
  const inTurn = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    dialectOf(writer) === 'sqlite'
      ? writer.transaction().execute(work)
      : // Each statement after the lock sees what the writer before has committed: that is what this level promises.
        writer
          .transaction()
          .setIsolationLevel('read committed')
          .execute(async (tx) => {
            await sql`select pg_advisory_xact_lock(${sql.lit(writersLock)})`.execute(tx);
            return work(tx);
          });
  return {
    db,
    change: (origin, work) =>
      inTurn(async (tx) => {
        let head: ChainHead | undefined;
        let appending: Promise<unknown> = Promise.resolve();
        const answer = await work(tx, async (event) => {
          // One after the other, also where two are recorded at once: each follows the one before.
          const append = appending.then(async () => {
            head = await appendEvent(tx, origin, event, now(), key, head);
          });
          // Whoever recorded it gets the failure; the next in line waits alone.
          appending = append.catch(() => undefined);
          await append;
        });
        if (head === undefined) throw new Error('A change of state must record what it did in the audit log');
        return answer;
      }),
    writeUnaudited: inTurn,
    close: async () => {
      await db.destroy();
      if (writer !== db) await writer.destroy();
    },
  };
}
