import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type Database from 'libsql';

/** Statements that are kept: more than the backend has, while what is written per call (lists of ids) cannot fill the memory. */
const mostKept = 500;

/**
 * Prepares each statement once and keeps it, the least recently used one goes first: of a short statement's time preparing is the largest part. Each runs to
 * its end before the next begins, as SQLite's own calls do here; reading one row at a time would need a statement of its own.
 */
export function prepareOnce(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      kept.clear();
      // The file alone is the database then. SQLite would do so itself, but for the statements that are kept until their memory is collected; who
      // reads at this moment is not waited for.
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
      if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? text);
      return prepared;
    },
  };
}
