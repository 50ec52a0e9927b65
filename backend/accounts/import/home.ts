import type { Kysely } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { Tables } from '../../store/tables.ts';

/** The directory that keeps the accounts of a source: its kind, and its id if it is a configured one. */
export type Home = Pick<AccountRow, 'directory' | 'directory_id'>;

/** The home of accounts from files and from identity providers. */
export const builtInHome: Home = { directory: 'built-in', directory_id: null };

/** The home of a source's accounts: a configured directory is a source of its own. */
export async function homeOf(db: Kysely<Tables>, source: string): Promise<Home> {
  const row = await db
    .selectFrom('directories')
    .select(['id', 'kind'])
    .where('id', '=', source)
    .executeTakeFirst();
  return row === undefined ? builtInHome : { directory: row.kind, directory_id: row.id };
}
