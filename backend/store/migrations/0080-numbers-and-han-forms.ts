import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { accountWords } from '../account-words.ts';
import { bareEmployeeNumber, hasSeparators } from '../bare-number.ts';
import { dialectOf } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { indexWords, settleWords } from '../words-index.ts';

/** Accounts read per batch. */
const pageSize = 5000;
const noWords = { words: '', names: [] };

/** Removes the short beginnings of accounts on PostgreSQL. Those of the words before are not known here, but the index has them. */
const forgetPrefixes = (db: Kysely<Tables>, ids: readonly string[]) =>
  sql`delete from account_prefixes using
    (select row_id, unnest(tsvector_to_array(words)) as prefix from account_words
      where row_id in (select row_id from accounts where id = any(${ids}::text[]))) as gone
    where account_prefixes.prefix = gone.prefix and account_prefixes.row_id = gone.row_id`.execute(db);

/** Indexes the words of all accounts with Chinese characters again. */
export async function indexHanNames(db: Kysely<Tables>): Promise<void> {
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom('accounts')
      .select(['row_id', 'id', 'display_name', 'user_name', 'department', 'tier', 'directory_id'])
      .where('row_id', '>', last)
      .orderBy('row_id')
      .limit(pageSize)
      .execute();
    const named = rows.filter((row) => /\p{Script=Han}/u.test(row.display_name + row.user_name));
    if (dialectOf(db) === 'postgresql')
      await forgetPrefixes(
        db,
        named.map(({ id }) => id),
      );
    await indexWords(
      db,
      named.map((row) => ({ id: row.id, words: accountWords(row), before: noWords })),
    );
    if (rows.length < pageSize) break;
    last = rows.at(-1)?.row_id ?? last;
  }
  await settleWords(db);
}

/** An index of employee numbers without the signs between their parts, and names in Chinese characters that are found in all their forms. */
export const numbersAndHanForms: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Tables>;
    await sql
      .raw(
        `create index accounts_bare_employee_number on accounts (${dialectOf(db) === 'postgresql' ? `(${bareEmployeeNumber})` : bareEmployeeNumber})
         where ${hasSeparators}`,
      )
      .execute(db);
    await indexHanNames(db);
  },
};
