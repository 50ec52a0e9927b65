import { sql, type Kysely, type Selectable } from 'kysely';
import { indexWord } from '../text/fold.ts';
import { dialectOf } from './dialect.ts';
import type { AccountsTable, Tables } from './tables.ts';
import { matchQuery, wordsQuery } from './lexemes.ts';

/** At most `limit` accounts whose indexed words start with each of the folded words; a superset of those with exactly these words. */
export async function findByWords(
  db: Kysely<Tables>,
  words: readonly string[],
  limit: number,
): Promise<Selectable<AccountsTable>[]> {
  const indexed = words.map(indexWord);
  if (indexed.length === 0) return [];
  const lists = indexed.map((text) => [{ text, isWhole: false }]);
  if (dialectOf(db) === 'sqlite') {
    const { rows } = await sql<Selectable<AccountsTable>>`select * from accounts where row_id in
      (select rowid from account_search where account_search match ${matchQuery(lists)} limit ${limit})`.execute(
      db,
    );
    return rows;
  }
  const { rows } = await sql<Selectable<AccountsTable>>`select accounts.* from
    accounts_with_words(${wordsQuery(lists)}::tsquery, ${limit}::integer) as hit
    join accounts on accounts.row_id = hit`.execute(db);
  return rows;
}
