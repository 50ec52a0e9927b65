import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { migrate } from './migrate.ts';
import { prepareOnce } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

/** Opens (or creates, readable by its owner alone) the database file and brings it up to date. */
export async function openSqlite(file: string): Promise<Kysely<Tables>> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file);
  // A reset that was answered must survive a power cut: FULL syncs the log at each commit.
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  database.exec('pragma busy_timeout = 5000');
  database.exec('pragma cache_size = -65536');
  // A page that an import writes again and again goes to the file once in 32 MiB of log and not once in 4.
  database.exec('pragma wal_autocheckpoint = 8000');
  database.exec('pragma temp_store = memory');
  database.exec('pragma secure_delete = on');
  if (file !== ':memory:') chmodSync(file, 0o600);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: prepareOnce(database) }) });
  await migrate(db);
  return db;
}

/** A database that lives in this process alone and is gone when it is closed. The connection is handed out as well: there can be no second one. */
export async function openSqliteInMemory(): Promise<{ db: Kysely<Tables>; connection: Database.Database }> {
  const connection = new Database(':memory:');
  connection.exec('pragma foreign_keys = on');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: prepareOnce(connection) }) });
  await migrate(db);
  return { db, connection };
}
