import { sql } from 'kysely';
import { dialectOf } from '../../store/dialect.ts';
import type { Transaction } from '../../store/store.ts';

/** The words of an account, as `indexedWords` makes them. */
export interface AccountWords {
  readonly id: string;
  readonly words: string;
  /** The words indexed before; null for a new account. */
  readonly before: string | null;
}

/** The maximum length in characters of a prefix in PostgreSQL's index; a longer word also has a row for the whole word. */
export const longestPrefix = 8;

/** Every prefix of each word of the accounts, and long words whole, as `prefix` and `row_id` in the order of the index. */
const beginnings = (given: readonly { id: string; words: string | null }[]) => sql`
  select distinct left(word, case when size > ${sql.lit(longestPrefix)} then length(word) else size end) collate "C"
    as prefix, accounts.row_id
  from json_to_recordset(${JSON.stringify(given)}::json) as given(id text, words text)
  join accounts on accounts.id = given.id
  cross join lateral unnest(string_to_array(given.words, ' ')) as word
  cross join lateral generate_series(1, least(length(word), ${sql.lit(longestPrefix + 1)})) as size
  order by 1, 2`;

async function indexOnPostgresql(tx: Transaction, accounts: readonly AccountWords[]): Promise<void> {
  const known = accounts.filter(({ before }) => before !== null);
  if (known.length > 0) {
    const gone = beginnings(known.map(({ id, before }) => ({ id, words: before })));
    await sql`delete from account_prefixes using (${gone}) as gone
      where account_prefixes.prefix = gone.prefix and account_prefixes.row_id = gone.row_id`.execute(tx);
  }
  const fresh = beginnings(accounts.map(({ id, words }) => ({ id, words })));
  await sql`insert into account_prefixes (prefix, row_id) ${fresh}`.execute(tx);
}

/** Indexes the words of new or renamed accounts, in the transaction that writes the accounts. */
export async function indexWords(tx: Transaction, accounts: readonly AccountWords[]): Promise<void> {
  if (accounts.length === 0) return;
  if (dialectOf(tx) === 'postgresql') {
    await indexOnPostgresql(tx, accounts);
    return;
  }
  const known = accounts.filter(({ before }) => before !== null);
  await sql`delete from account_search where rowid in
    (select row_id from accounts where id in
      (select value from json_each(${JSON.stringify(known.map(({ id }) => id))})))`.execute(tx);
  await sql`insert into account_search (rowid, words)
    select row_id, value ->> 'words' from json_each(${JSON.stringify(accounts)})
    join accounts on accounts.id = value ->> 'id'`.execute(tx);
}
