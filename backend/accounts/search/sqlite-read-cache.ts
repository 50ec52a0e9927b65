import type Database from 'libsql';

/**
 * Keeps what was read from a SQLite database until it changes, up to a size. Reading a bitmap's hundred rows takes the driver half a millisecond, and a
 * search of several names reads many.
 */
export function createReadCache(database: Database.Database, maxSize: number) {
  // The version changes with the commits of other connections, and the total with each change of this one, which may be the only one.
  const state = database.prepare(
    'select data_version as version, total_changes() as changes from pragma_data_version',
  );
  const kept: Map<string, unknown>[] = [];
  let [size, known] = [0, ''];
  const forget = () => {
    for (const values of kept) values.clear();
    size = 0;
  };
  return {
    /** Forgets what was read before the latest change. Called before each search, which then reads one state or newer ones. */
    forgetChanged(): void {
      const { version, changes } = state.get() as { version: number; changes: number };
      const current = [version, changes].join(' ');
      if (current !== known) forget();
      known = current;
    },
    /** The same function, which keeps its values. */
    keep<P extends readonly (string | number)[], V>(
      read: (...parameters: P) => V,
      sizeOf: (value: V) => number,
    ): (...parameters: P) => V {
      const values = new Map<string, V>();
      kept.push(values);
      return (...parameters) => {
        const key = parameters.join(' ');
        if (values.has(key)) return values.get(key) as V;
        const value = read(...parameters);
        if (size > maxSize) forget();
        size += sizeOf(value);
        values.set(key, value);
        return value;
      };
    },
  };
}
