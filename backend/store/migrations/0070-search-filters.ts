import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { accountWords } from '../account-words.ts';
import { dialectOf } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { indexWords } from '../words-index.ts';

/** Accounts indexed per batch. */
const pageSize = 5000;

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
    await (
      dialectOf(db) === 'postgresql'
        ? sql`truncate account_prefixes`
        : sql`insert into account_search (account_search) values ('delete-all')`
    ).execute(db);
    for (let last = 0; ;) {
      const rows = await db
        .selectFrom('accounts')
        .select(['row_id', 'id', 'display_name', 'user_name', 'department', 'tier', 'directory_id'])
        .where('row_id', '>', last)
        .orderBy('row_id')
        .limit(pageSize)
        .execute();
      await indexWords(
        db,
        rows.map((row) => ({ id: row.id, words: accountWords(row), before: null })),
      );
      if (rows.length < pageSize) break;
      last = rows.at(-1)?.row_id ?? last;
    }
  },
};
