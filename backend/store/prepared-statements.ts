import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type Database from 'libsql';

/** More than the number of the backend's statements. Limited, since statements with lists of ids differ for each call. */
const maxStatements = 500;

/**
 * Caches prepared statements and evicts the least recently used: preparing takes most of a short statement's time. A cached statement runs to its
 * end before its next use; `iterate`, which does not, prepares its own.
 */
export function prepareOnce(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      kept.clear();
      // Copies the log into the file, so that the file alone is the database. SQLite does so on close, but not while cached statements await garbage
      // collection. It does not wait for other readers.
      database.exec('pragma busy_timeout = 0');
      database.exec('pragma wal_checkpoint(truncate)');
      database.close();
    },
    prepare(text) {
      const known = kept.get(text);
      if (known) {
        kept.delete(text);
        kept.set(text, known);
        return known;
      }
      const statement = database.prepare(text);
      const prepared: SqliteStatement = {
        reader: statement.reader,
        all: (parameters) => statement.all(parameters),
        run: (parameters) => statement.run(parameters),
        iterate: (parameters) => database.prepare(text).iterate(parameters),
      };
      kept.set(text, prepared);
      if (kept.size > maxStatements) kept.delete(kept.keys().next().value ?? text);
      return prepared;
    },
  };
}
