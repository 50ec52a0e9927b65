import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** The names of the configured directories by id, and of those that were removed; empty where all accounts are in the built-in one. */
export async function readDirectoryNames(db: Kysely<Tables>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('directories').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
