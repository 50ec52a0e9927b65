import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { indexedWords } from '../../text/name-words.ts';
import { dialectOf } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { writeWords } from '../words-index.ts';

/** Accounts indexed per batch. */
const pageSize = 5000;

/**
 * The words of names with their sounds, an index of mail domains, and a rebuilt search index: with names in Latin letters, joined and without blanks.
 */
export const namesAsHeard: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Tables>;
    const isPostgresql = dialectOf(db) === 'postgresql';
    if (isPostgresql) {
      await sql`create table name_words (
        word text collate "C" primary key,
        sound text collate "C" not null
      )`.execute(db);
    } else {
      await sql`create table name_words (word text primary key, sound text not null) without rowid`.execute(
        db,
      );
    }
    await db.schema.createIndex('name_words_sound').on('name_words').column('sound').execute();
    const domain = isPostgresql
      ? sql`split_part(email_key, '@', 2)`
      : sql`substr(email_key, instr(email_key, '@') + 1)`;
    await sql`create index accounts_email_domain on accounts (${domain}) where email_key is not null`.execute(
      db,
    );
    // On PostgreSQL, 0073 fills the index.
    if (isPostgresql) return;
    await sql`insert into account_search (account_search) values ('delete-all')`.execute(db);
    for (let last = 0; ;) {
      const rows = await db
        .selectFrom('accounts')
        .select(['row_id', 'display_name', 'user_name'])
        .where('row_id', '>', last)
        .orderBy('row_id')
        .limit(pageSize)
        .execute();
      if (rows.length === 0) break;
      await writeWords(
        db,
        rows.map(({ row_id: number, display_name, user_name }) => ({
          number,
          words: indexedWords(display_name, user_name),
          before: null,
        })),
      );
      if (rows.length < pageSize) break;
      last = rows.at(-1)?.row_id ?? last;
    }
  },
};
