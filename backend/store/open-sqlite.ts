import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { letRequestsIn } from './let-requests-in.ts';
import { migrate } from './migrate.ts';
import { prepareOnce } from './prepared-statements.ts';
import type { Tables } from './tables.ts';
import { keepCause, migratesAtOnce } from './transactions.ts';

/** Takes the write lock at once, so that a transaction which reads first waits for another writer instead of failing. */
const begin = 'begin immediate';

const connect = (database: Database.Database): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: letRequestsIn(
      keepCause(migratesAtOnce(new SqliteDialect({ database: prepareOnce(database) })), begin),
    ),
  });

/** Foreign keys are enforced once the database is migrated: a migration may rebuild a table to which others refer. */
async function migrateWith(database: Database.Database, db: Kysely<Tables>): Promise<void> {
  database.exec('pragma foreign_keys = off');
  await migrate(db);
  database.exec('pragma foreign_keys = on');
}

/** Opens and migrates the database file; creates it, readable by its owner only, if it does not exist. */
export async function openSqlite(file: string): Promise<Kysely<Tables>> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (file !== ':memory:') {
    // Runs before SQLite opens the file, because SQLite gives the write-ahead log the mode that the file has then. Never for an existing file:
    // closing a file drops all locks that the process has on it (POSIX), including those of SQLite's open connections. Another process that closes
    // the database would then consider itself the last one and delete the log, and with it what this process commits from then on.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    // Not if the mode is right: a changed file is one sign of a database that was replaced beside its log.
    if ((statSync(file).mode & 0o777) !== 0o600) chmodSync(file, 0o600);
  }
  const database = new Database(file);
  // FULL syncs the log at each commit, so that an answered reset survives a power failure.
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma busy_timeout = 5000');
  database.exec('pragma cache_size = -65536');
  // Checkpoints every 32 MiB of log instead of 4, so that pages which an import rewrites are copied to the file less often.
  database.exec('pragma wal_autocheckpoint = 8000');
  database.exec('pragma temp_store = memory');
  database.exec('pragma secure_delete = on');
  const db = connect(database);
  await migrateWith(database, db);
  return db;
}

/**
 * Opens a second connection to a file that {@link openSqlite} has opened, for reads alone. With the write-ahead log it never waits for a writer, and sees
 * what was committed before its statement.
 */
export function openSqliteReader(file: string): Kysely<Tables> {
  const database = new Database(file);
  database.exec('pragma busy_timeout = 5000');
  database.exec('pragma cache_size = -65536');
  database.exec('pragma temp_store = memory');
  database.exec('pragma query_only = on');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: prepareOnce(database) }) });
}

/** Opens an in-memory database. It returns the connection as well, since no second one can be opened to it. */
export async function openSqliteInMemory(): Promise<{ db: Kysely<Tables>; connection: Database.Database }> {
  const connection = new Database(':memory:');
  const db = connect(connection);
  await migrateWith(connection, db);
  return { db, connection };
}
