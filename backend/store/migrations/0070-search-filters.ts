import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { indexAllAccounts } from '../words-index.ts';

/** Indexes of the accounts with a rare status, and a search index that also has the values of filters. */
export const searchFilters: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Tables>;
    const { schema } = db;
    const rare = [
      ['accounts_frozen', 'frozen_at', sql<boolean>`frozen_at is not null`],
      ['accounts_expiring', 'expires_at', sql<boolean>`expires_at is not null`],
      ['accounts_disabled', 'disabled', sql<boolean>`disabled = ${sql.lit(1)}`],
      ['accounts_without_local_password', 'local_password', sql<boolean>`local_password = ${sql.lit(0)}`],
    ] as const;
    for (const [name, column, where] of rare)
      await schema.createIndex(name).on('accounts').column(column).where(where).execute();
    // On PostgreSQL, 0073 fills the index.
    if (dialectOf(db) === 'postgresql') return;
    await sql`insert into account_search (account_search) values ('delete-all')`.execute(db);
    await indexAllAccounts(db);
  },
};
