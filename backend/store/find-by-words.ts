import { sql, type Kysely, type Selectable } from 'kysely';
import { indexWord } from '../text/fold.ts';
import { dialectOf } from './dialect.ts';
import type { AccountsTable, Tables } from './tables.ts';
import { longestPrefix } from './words-index.ts';

/** At most `limit` accounts whose indexed words start with each of the folded words; a superset of those with exactly these words. */
export async function findByWords(
  db: Kysely<Tables>,
  words: readonly string[],
  limit: number,
): Promise<Selectable<AccountsTable>[]> {
  const indexed = words.map(indexWord);
  if (indexed.length === 0) return [];
  if (dialectOf(db) === 'sqlite') {
    const match = indexed.map((word) => `"${word}"*`).join(' AND ');
    const { rows } = await sql<Selectable<AccountsTable>>`select * from accounts where row_id in
      (select rowid from account_search where account_search match ${match} limit ${limit})`.execute(db);
    return rows;
  }
  const hits = indexed.map((word) => {
    const whole = [...word];
    const prefix = whole.length > longestPrefix ? word : whole.slice(0, longestPrefix).join('');
    return sql`select row_id from account_prefixes where prefix = ${prefix}`;
  });
  const { rows } = await sql<Selectable<AccountsTable>>`select * from accounts where row_id in
    (${sql.join(hits, sql` intersect `)} limit ${limit})`.execute(db);
  return rows;
}
