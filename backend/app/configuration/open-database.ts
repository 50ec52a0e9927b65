import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { SearchIndex } from '../../accounts/search/search-index.ts';
import { openSqliteSearchIndex } from '../../accounts/search/sqlite-search-index.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import type { PostgresqlSettings } from '../../store/open-postgresql.ts';
import { createStore, type Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { databaseFileName } from './data-folder.ts';

interface DatabaseSettings {
  readonly dataFolder: string;
  readonly database?: PostgresqlSettings;
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

/** A migrated database: connections for reads and writes, which are the same one on SQLite. */
export interface OpenDatabase {
  readonly db: Kysely<Tables>;
  readonly writer: Kysely<Tables>;
  /** The store and the search on these connections. `key` signs the audit log. */
  readonly use: (now: () => number, key: AuditKey | null) => { store: Store; searchIndex: SearchIndex };
  close(): Promise<void>;
}

/** Connects to the configured database, PostgreSQL or the SQLite file in the data folder, and migrates it. */
export async function connectDatabase({
  dataFolder,
  database,
  log,
}: DatabaseSettings): Promise<OpenDatabase> {
  if (database === undefined) {
    const file = join(dataFolder, databaseFileName);
    const db = await openSqlite(file);
    return {
      db,
      writer: db,
      use: (now, key) => ({
        store: createStore(db, now, db, key),
        searchIndex: openSqliteSearchIndex(file),
      }),
      close: () => db.destroy(),
    };
  }
  // Loaded on demand: a console with a SQLite file starts without PostgreSQL's client.
  const { openPostgresql } = await import('../../store/open-postgresql.ts');
  const { createPostgresqlSearchIndex } = await import('../../accounts/search/postgresql-search-index.ts');
  const { reader, writer } = await openPostgresql(database, log);
  return {
    db: reader,
    writer,
    use: (now, key) => ({
      store: createStore(reader, now, writer, key),
      searchIndex: createPostgresqlSearchIndex(reader),
    }),
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** Connects to the configured database without a data folder's key, for tests and benchmarks, or with `key`. */
export async function openDatabase(
  settings: DatabaseSettings,
  now: () => number,
  key: AuditKey | null = null,
): Promise<{ store: Store; searchIndex: SearchIndex }> {
  return (await connectDatabase(settings)).use(now, key);
}
