import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { indexAllAccounts } from '../words-index.ts';

/**
 * A rebuilt search index, with names that are joined where they have a hyphen and Arabic names without their article. PostgreSQL's was filled with them in
 * `0073-postgresql-words`.
 */
export const namesJoined: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Tables>;
    if (dialectOf(db) === 'postgresql') return;
    await sql`insert into account_search (account_search) values ('delete-all')`.execute(db);
    await indexAllAccounts(db);
  },
};
