import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { firstTables } from './migrations/0001-first-tables.ts';
import { sqliteSearchAndGuards } from './migrations/0002-sqlite-search-and-guards.ts';
import type { Tables } from './tables.ts';

const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-sqlite-search-and-guards': sqliteSearchAndGuards,
};

/** Brings a database to the newest shape, or throws with the migration that failed. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'before the first';
  throw new Error(`The database could not be brought up to date (migration ${failed})`, { cause: error });
}
