import { setImmediate } from 'node:timers/promises';
import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { overriding, withDriver } from './with-driver.ts';

/** Milliseconds that the statements of a transaction may take before requests that came in the meantime are answered. */
const maxBusyMs = 3;

/**
 * A dialect whose driver executes statements synchronously, and that answers other requests between the statements of a long transaction. Otherwise
 * the process would do nothing else until a batch of an import or a directory is written.
 */
export const letRequestsIn = (dialect: Dialect): Dialect => withDriver(dialect, withPauses);

function withPauses(driver: Driver): Driver {
  const known = new WeakMap<DatabaseConnection, DatabaseConnection>();
  /** When the process was last free, by the clock of `performance`; null outside transactions, which are one statement each. */
  let freeAt: number | null = null;
  const pausing = (connection: DatabaseConnection): DatabaseConnection => {
    const found = known.get(connection);
    if (found !== undefined) return found;
    const made = overriding(connection, {
      executeQuery: async (...query) => {
        if (freeAt !== null && performance.now() - freeAt >= maxBusyMs) {
          await setImmediate();
          freeAt = performance.now();
        }
        return connection.executeQuery(...query);
      },
    });
    known.set(connection, made);
    return made;
  };
  const ending =
    (end: 'commitTransaction' | 'rollbackTransaction') => async (connection: DatabaseConnection) => {
      try {
        await driver[end](connection);
      } finally {
        freeAt = null;
      }
    };
  return overriding(driver, {
    acquireConnection: async (options) => pausing(await driver.acquireConnection(options)),
    beginTransaction: async (...begun) => {
      freeAt = performance.now();
      await driver.beginTransaction(...begun);
    },
    commitTransaction: ending('commitTransaction'),
    rollbackTransaction: ending('rollbackTransaction'),
  });
}
