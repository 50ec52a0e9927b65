import { CompiledQuery, type Dialect, type Driver } from 'kysely';

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
export function keepCause(dialect: Dialect, begin?: string): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => {
      const driver = dialect.createDriver();
      return new Proxy<Driver>(driver, {
        get(target, name: keyof Driver) {
          if (name === 'rollbackTransaction') {
            return (connection: Parameters<Driver['rollbackTransaction']>[0]) =>
              target.rollbackTransaction(connection).catch(() => undefined);
          }
          if (name === 'beginTransaction' && begin !== undefined) {
            return (connection: Parameters<Driver['beginTransaction']>[0]) =>
              connection.executeQuery(CompiledQuery.raw(begin));
          }
          const member: unknown = target[name];
          // oxlint-disable-next-line typescript/no-unsafe-return -- the driver's own methods, which need the driver as `this`
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
    },
  };
}
