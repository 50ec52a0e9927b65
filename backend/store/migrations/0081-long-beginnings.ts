import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf } from '../dialect.ts';
import { longestBeginning } from '../lexemes.ts';
import type { Tables } from '../tables.ts';
import { indexAllAccounts } from '../words-index.ts';

/** Tells that PostgreSQL's index has beginnings of this length. SQLite's tells so by its declaration. */
const note = `beginnings of up to ${longestBeginning} letters`;

async function isRebuilt(db: Kysely<Tables>): Promise<boolean> {
  if (dialectOf(db) === 'postgresql') {
    const { rows } = await sql<{ note: string | null }>`
      select obj_description('account_words'::regclass, 'pg_class') as note`.execute(db);
    return rows[0]?.note === note;
  }
  const { rows } = await sql<{ declared: string }>`
    select sql as declared from sqlite_master where name = 'account_search'`.execute(db);
  return rows[0]?.declared.includes(` ${longestBeginning}'`) === true;
}

/** Indexes all accounts again if the index lacks long beginnings. */
export async function indexLongBeginnings(db: Kysely<Tables>): Promise<void> {
  if (await isRebuilt(db)) return;
  if (dialectOf(db) === 'postgresql') {
    await sql`truncate account_words, account_prefixes`.execute(db);
    await sql`comment on table account_words is ${sql.lit(note)}`.execute(db);
  } else {
    await sql`drop table account_search`.execute(db);
    const sizes = Array.from({ length: longestBeginning }, (_none, at) => at + 1).join(' ');
    await sql`create virtual table account_search using fts5(
      words, content='', contentless_delete=1, detail=none,
      prefix='${sql.raw(sizes)}', tokenize='unicode61 remove_diacritics 2'
    )`.execute(db);
  }
  await indexAllAccounts(db);
}

/**
 * A rebuilt search index with lists for beginnings of up to 24 letters instead of eight, so that one that many words share, such as `staffmember1`, is
 * found as fast as a short one.
 */
export const longBeginnings: Migration = {
  up: (db: Kysely<unknown>) => indexLongBeginnings(db as Kysely<Tables>),
};
