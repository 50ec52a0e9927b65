import { join } from 'node:path';
import type { SearchIndex } from '../../accounts/search/search-index.ts';
import { openSqliteSearchIndex } from '../../accounts/search/sqlite-search-index.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import type { PostgresqlSettings } from '../../store/open-postgresql.ts';
import { createStore, type Store } from '../../store/store.ts';

/** Opens the configured database: PostgreSQL, or the SQLite file in the data folder. `key` signs its audit log. */
export async function openDatabase(
  {
    dataFolder,
    database,
    log,
  }: {
    dataFolder: string;
    database?: PostgresqlSettings;
    log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
  },
  now: () => number,
  key: AuditKey | null = null,
): Promise<{ store: Store; searchIndex: SearchIndex }> {
  if (database === undefined) {
    const file = join(dataFolder, 'reset-desk.db');
    const db = await openSqlite(file);
    const store = createStore(db, now, db, key);
    return { store, searchIndex: openSqliteSearchIndex(file) };
  }
  // Loaded on demand: a console with a SQLite file starts without PostgreSQL's client.
  const { openPostgresql } = await import('../../store/open-postgresql.ts');
  const { createPostgresqlSearchIndex } = await import('../../accounts/search/postgresql-search-index.ts');
  const { reader, writer } = await openPostgresql(database, log);
  return { store: createStore(reader, now, writer, key), searchIndex: createPostgresqlSearchIndex(reader) };
}
