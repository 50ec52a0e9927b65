import { setImmediate } from 'node:timers/promises';
import type { DatabaseConnection, Dialect, Driver } from 'kysely';

/** Milliseconds that the statements of a transaction may take before requests that came in the meantime are answered. */
const maxBusyMs = 3;

/**
 * A dialect whose driver executes statements synchronously, and that answers other requests between the statements of a long transaction. Otherwise
 * the process would do nothing else until a batch of an import or a directory is written.
 */
export const letRequestsIn = (dialect: Dialect): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createDriver: () => withPauses(dialect.createDriver()),
});

function withPauses(driver: Driver): Driver {
  const known = new WeakMap<DatabaseConnection, DatabaseConnection>();
  /** When the process was last free, by the clock of `performance`; null outside transactions, which are one statement each. */
  let freeAt: number | null = null;
  const pausing = (connection: DatabaseConnection): DatabaseConnection => {
    const found = known.get(connection);
    if (found !== undefined) return found;
    const made = new Proxy(connection, {
      get(target, name) {
        if (name === 'executeQuery')
          return async (...query: Parameters<DatabaseConnection['executeQuery']>) => {
            if (freeAt !== null && performance.now() - freeAt >= maxBusyMs) {
              await setImmediate();
              freeAt = performance.now();
            }
            return target.executeQuery(...query);
          };
        const member: unknown = target[name as keyof DatabaseConnection];
        // oxlint-disable-next-line typescript/no-unsafe-return -- the connection's own methods, which need it as `this`
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    known.set(connection, made);
    return made;
  };
  return new Proxy<Driver>(driver, {
    get(target, name: keyof Driver) {
      if (name === 'acquireConnection')
        return async (...options: Parameters<Driver['acquireConnection']>) =>
          pausing(await target.acquireConnection(...options));
      if (name === 'beginTransaction')
        return async (...begun: Parameters<Driver['beginTransaction']>) => {
          freeAt = performance.now();
          await target.beginTransaction(...begun);
        };
      if (name === 'commitTransaction' || name === 'rollbackTransaction')
        return async (connection: DatabaseConnection) => {
          try {
            await target[name](connection);
          } finally {
            freeAt = null;
          }
        };
      const member: unknown = target[name];
      // oxlint-disable-next-line typescript/no-unsafe-return -- the driver's own methods, which need the driver as `this`
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
