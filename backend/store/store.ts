import { AsyncLocalStorage } from 'node:async_hooks';
import { sql, type Kysely, type Transaction as KyselyTransaction } from 'kysely';
import { appendEvent, type AuditEvent, type ChainHead, type Origin } from './append-event.ts';
import type { AuditKey } from './audit-key.ts';
import { createChangeScope, guardReads } from './change-scope.ts';
import { dialectOf } from './dialect.ts';
import type { Tables } from './tables.ts';

/** An open transaction. */
export type Transaction = KyselyTransaction<Tables>;
/** Appends an event to the audit log, in the transaction that the event is about. */
export type RecordEvent = (event: AuditEvent) => Promise<void>;

/** Writes that accompany a change made by other code; `recordAs` appends an event with the given origin. */
export type Companion = (
  tx: Transaction,
  recordAs: (origin: Origin, event: AuditEvent) => Promise<void>,
) => Promise<void>;

export interface Store {
  /** For reads. Writes go through {@link Store.change}; PostgreSQL rejects them here. Throws inside a change, which reads with its transaction. */
  readonly db: Kysely<Tables>;
  /**
   * The way to write: runs `work` in a transaction together with its audit events. Throws and rolls back if `work` records none. Changes run one at a
   * time on both databases, so data that a change has read stays valid until it ends.
   */
  change<T>(origin: Origin, work: (tx: Transaction, record: RecordEvent) => Promise<T>): Promise<T>;
  /**
   * Runs `work`, and the companion at the end of the first change that `work` makes: both are saved, or neither. Also returns whether the companion
   * ran; it does not if `work` makes no change, or if that change fails before its end. `before` runs at the beginning of that change, and may throw.
   */
  together<T>(
    companion: Companion | null,
    work: () => Promise<T>,
    before?: (tx: Transaction) => Promise<void>,
  ): Promise<{ readonly answer: T; readonly ran: boolean }>;
  /** Writes without an audit event, for minor data such as the time of a session's last use. */
  writeUnaudited<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The companion of the next change. */
interface Accompanied {
  next: {
    readonly companion: Companion | null;
    readonly before: ((tx: Transaction) => Promise<void>) | null;
  } | null;
  ran: boolean;
}

/** The key of PostgreSQL's advisory lock that serialises writers; an arbitrary number. */
export const writersLock = 7_345_112;

/**
 * Wraps a migrated database. `now` in milliseconds; `writer` is the pool for changes, if it is a separate one. With a key, the audit log gets signed
 * checkpoints.
 */
export function createStore(
  db: Kysely<Tables>,
  now: () => number,
  writer: Kysely<Tables> = db,
  key: AuditKey | null = null,
): Store {
  const scope = createChangeScope();
  /** Null once a change has started with it. */
  const companions = new AsyncLocalStorage<Accompanied>();
  /** The lowest number for the next event, above all that this store has committed. */
  let minSeq = 1;
  const inTurn = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    scope.assertOutside();
    const scoped = (tx: Transaction) => scope.run(() => work(tx));
    if (dialectOf(writer) === 'sqlite') return writer.transaction().execute(scoped);
    return (
      writer
        .transaction()
        // At this level, each statement after the lock sees what the previous writer has committed.
        .setIsolationLevel('read committed')
        .execute(async (tx) => {
          await sql`select pg_advisory_xact_lock(${sql.lit(writersLock)})`.execute(tx);
          return scoped(tx);
        })
    );
  };
  return {
    db: guardReads(db, scope),
    change: async (origin, work) => {
      let head: ChainHead | undefined;
      const accompanied = companions.getStore();
      const { companion = null, before = null } = accompanied?.next ?? {};
      if (accompanied) accompanied.next = null;
      const answer = await inTurn(async (tx) => {
        let appending: Promise<unknown> = Promise.resolve();
        const recordAs = async (by: Origin, event: AuditEvent) => {
          // Appends one at a time, even if `work` records several at once: each event needs its predecessor's hash.
          const append = appending.then(async () => {
            head = await appendEvent(tx, by, event, now(), key, head, minSeq);
          });
          // The caller of this append gets its error; the next append only waits for it.
          appending = append.catch(() => undefined);
          await append;
        };
        await before?.(tx);
        const result = await work(tx, (event) => recordAs(origin, event));
        await companion?.(tx, recordAs);
        if (head === undefined) throw new Error('A change must record at least one audit event');
        return result;
      });
      minSeq = Math.max(minSeq, (head?.seq ?? 0) + 1);
      if (accompanied && companion !== null) accompanied.ran = true;
      return answer;
    },
    together: async (companion, work, before) => {
      const state: Accompanied = { next: { companion, before: before ?? null }, ran: false };
      try {
        return { answer: await companions.run(state, work), ran: state.ran };
      } finally {
        // Work that `work` started without awaiting it must not run the companion later.
        state.next = null;
      }
    },
    writeUnaudited: inTurn,
    close: async () => {
      await db.destroy();
      if (writer !== db) await writer.destroy();
    },
  };
}
