import { CompiledQuery, type Dialect, type Driver } from 'kysely';

/**
 * The dialect with transactions that fail with their own cause. A database that is full or gone has often rolled back by itself, and then the
 * driver's rollback fails as well; its error would replace the one that says why. `begin` is the statement that opens a transaction, if the
 * driver's own does not fit.
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
