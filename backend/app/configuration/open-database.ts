import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { SearchIndex } from '../../accounts/search/search-index.ts';
import { openSqliteSearchIndex } from '../../accounts/search/sqlite-search-index.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import { restoreGuards } from '../../store/append-only.ts';
import { checkSqlite } from '../../store/check-sqlite.ts';
import { openSqlite, openSqliteReader } from '../../store/open-sqlite.ts';
import type { PostgresqlSettings } from '../../store/open-postgresql.ts';
import { probeByWriting } from '../../store/probe.ts';
import { createStore, type Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { databaseFileName } from './data-folder.ts';

interface DatabaseSettings {
  readonly dataFolder: string;
  readonly database?: PostgresqlSettings;
  /** Milliseconds to wait for a PostgreSQL that is unreachable or starting; 0 by default. */
  readonly databaseWaitMs?: number;
  /** Locks other backends out of a PostgreSQL database. The folder's lock protects a SQLite file. */
  readonly exclusive?: boolean;
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

interface DatabaseServices {
  readonly store: Store;
  /** Opens the search, on a connection of its own on SQLite; called at most once. */
  readonly searchIndex: () => SearchIndex;
  /**
   * Makes a change without effect, in the same way as any other change. Throws if changes are not possible by `until` (milliseconds of the system
   * clock).
   */
  readonly probe: (until: number) => Promise<void>;
}

/** A migrated database: connections for reads and writes. */
export interface OpenDatabase {
  readonly db: Kysely<Tables>;
  readonly writer: Kysely<Tables>;
  /** Append-only tables whose triggers were missing and have been restored. */
  readonly reguarded: readonly string[];
  /** The store and the search on these connections. `key` signs the audit log. */
  readonly use: (now: () => number, key: AuditKey | null) => DatabaseServices;
  close(): Promise<void>;
}

/** Connects to the configured database, PostgreSQL or the SQLite file in the data folder, and migrates it. */
export async function connectDatabase({
  dataFolder,
  database,
  databaseWaitMs = 0,
  exclusive = false,
  log,
}: DatabaseSettings): Promise<OpenDatabase> {
  if (database === undefined) {
    const file = join(dataFolder, databaseFileName);
    checkSqlite(file);
    const writer = await openSqlite(file);
    const reguarded = await restoreGuards(writer);
    const reader = openSqliteReader(file);
    return {
      db: reader,
      writer,
      reguarded,
      use: (now, key) => {
        const store = createStore(reader, now, writer, key);
        return { store, searchIndex: () => openSqliteSearchIndex(file), probe: () => probeByWriting(store) };
      },
      close: async () => {
        await reader.destroy();
        await writer.destroy();
      },
    };
  }
  // Loaded on demand: a console with a SQLite file starts without PostgreSQL's client.
  const { openPostgresql } = await import('../../store/open-postgresql.ts');
  const { createPostgresqlSearchIndex } = await import('../../accounts/search/postgresql-search-index.ts');
  const options = { exclusive, waitMs: databaseWaitMs };
  const { reader, searcher, writer, reguarded, probe, release } = await openPostgresql(
    database,
    log,
    options,
  );
  return {
    db: reader,
    writer,
    reguarded,
    use: (now, key) => {
      const store = createStore(reader, now, writer, key);
      const close = async () => {
        await store.close();
        await searcher.destroy();
        await release();
      };
      return { store: { ...store, close }, searchIndex: () => createPostgresqlSearchIndex(searcher), probe };
    },
    close: async () => {
      await reader.destroy();
      await searcher.destroy();
      await writer.destroy();
      await release();
    },
  };
}

/** Connects to the configured database without a data folder's key, for tests and benchmarks, or with `key`. */
export async function openDatabase(
  settings: DatabaseSettings,
  now: () => number,
  key: AuditKey | null = null,
): Promise<DatabaseServices> {
  return (await connectDatabase(settings)).use(now, key);
}
