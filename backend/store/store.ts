import type { Kysely, Transaction } from 'kysely';
import { appendEvent, type AuditEvent, type Origin } from '../audit/append-event.ts';
import type { Tables } from './tables.ts';

/** A transaction that has not been committed. */
export type Change = Transaction<Tables>;
/** Adds an event to the audit log in the transaction that it reports on. */
export type Record = (event: AuditEvent) => Promise<void>;

export interface Store {
  /** For reading. Writing goes through {@link Store.change} alone. */
  readonly db: Kysely<Tables>;
  /**
   * The one way to write: a transaction that carries its own audit events. A change that records nothing is a defect and
   * is rolled back.
   */
  change<T>(origin: Origin, work: (tx: Change, record: Record) => Promise<T>): Promise<T>;
  /**
   * Writes what means nothing by itself, such as when a session was last used: the one exception to {@link Store.change}.
   */
  keepTime<T>(work: (tx: Change) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Wraps a migrated database; `now` in milliseconds. */
export function createStore(db: Kysely<Tables>, now: () => number): Store {
  return {
    db,
    change: (origin, work) =>
      db.transaction().execute(async (tx) => {
        let recorded = 0;
        const answer = await work(tx, async (event) => {
          await appendEvent(tx, origin, event, now());
          recorded += 1;
        });
        if (recorded === 0) throw new Error('A change of state must record what it did in the audit log');
        return answer;
      }),
    keepTime: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}
