import { CompiledQuery, type DatabaseConnection, type Dialect } from 'kysely';
import { overriding, withDriver } from './with-driver.ts';

/**
 * SQLite's dialect with migrations in a transaction, so that all or none are applied. Otherwise a backend that is killed during an update would leave
 * a database that neither version can use. Kysely does not do so for SQLite, although its schema changes are transactional.
 */
export const migratesAtOnce = (dialect: Dialect): Dialect => ({
  createAdapter: () => {
    const adapter = dialect.createAdapter();
    return Object.defineProperty(adapter, 'supportsTransactionalDdl', { value: true });
  },
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createDriver: () => dialect.createDriver(),
});

/**
 * The dialect with transactions that fail with their original cause. A database that is full or unreachable has often rolled back by itself, and then
 * the driver's rollback fails as well; its error would replace the original one. `begin` is the statement that opens a transaction, if the driver's
 * own does not fit.
 */
export const keepCause = (dialect: Dialect, begin?: string): Dialect =>
  withDriver(dialect, (driver) =>
    overriding(driver, {
      rollbackTransaction: (connection) => driver.rollbackTransaction(connection).catch(() => undefined),
      ...(begin !== undefined && {
        beginTransaction: async (connection: DatabaseConnection) => {
          await connection.executeQuery(CompiledQuery.raw(begin));
        },
      }),
    }),
  );
