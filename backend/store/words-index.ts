import { sql, type Kysely } from 'kysely';
import { soundKey } from '../text/alike.ts';
import { isName, type IndexedWords } from '../text/name-words.ts';
import { dialectOf } from './dialect.ts';
import type { Tables } from './tables.ts';

/** The words of an account, as returned by `indexedWords`. */
export interface AccountWords {
  readonly id: string;
  readonly words: IndexedWords;
  /** The words indexed before; null for a new account. */
  readonly before: IndexedWords | null;
}

/** The maximum length in characters of a prefix in PostgreSQL's index; a longer word also has a row for the whole word. */
export const longestPrefix = 8;

/** A whole word of a name in PostgreSQL's index, ended with a sign that no word contains. */
export const wholeWord = (word: string): string => `${word}.`;

/** Every prefix of each word of the accounts in `given`, long words whole, and short names with their end, as `prefix` and `row_id` in the order of the index. */
const beginnings = sql`
  select distinct prefix, accounts.row_id from (
    select id, left(word, case when size > ${sql.lit(longestPrefix)} then length(word) else size end) collate "C" as prefix
    from given
    cross join lateral unnest(string_to_array(given.words, ' ')) as word
    cross join lateral generate_series(1, least(length(word), ${sql.lit(longestPrefix + 1)})) as size
    union all
    select id, name collate "C" from given cross join lateral unnest(string_to_array(given.whole, ' ')) as name
  ) as parts
  join accounts on accounts.id = parts.id
  order by 1, 2`;

const givenOf = (given: readonly { id: string; words: IndexedWords }[]) => {
  const rows = given.map(({ id, words: { words } }) => ({
    id,
    words,
    whole: words
      .split(' ')
      .filter((word) => word.length <= longestPrefix && isName(word))
      .map(wholeWord)
      .join(' '),
  }));
  return sql`given as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as rows(id text, words text, whole text))`;
};

async function indexOnPostgresql(tx: Kysely<Tables>, accounts: readonly AccountWords[]): Promise<void> {
  const known = accounts.flatMap(({ id, before }) => (before === null ? [] : [{ id, words: before }]));
  if (known.length > 0) {
    await sql`with ${givenOf(known)}
      delete from account_prefixes using (${beginnings}) as gone
      where account_prefixes.prefix = gone.prefix and account_prefixes.row_id = gone.row_id`.execute(tx);
  }
  await sql`with ${givenOf(accounts)}
    insert into account_prefixes (prefix, row_id) ${beginnings}`.execute(tx);
}

/** Adds the words of names that no account had, with their sounds. Words that no account has any longer stay. */
async function addNames(tx: Kysely<Tables>, accounts: readonly AccountWords[]): Promise<void> {
  const fresh = new Set(accounts.flatMap(({ words: { names } }) => names));
  if (fresh.size === 0) return;
  const rows = [...fresh].map((word) => ({ word, sound: soundKey(word) }));
  await tx
    .insertInto('name_words')
    .columns(['word', 'sound'])
    .expression(
      dialectOf(tx) === 'postgresql'
        ? sql`select word, sound from json_to_recordset(${JSON.stringify(rows)}::json) as rows(word text, sound text)`
        : sql`select value ->> 'word', value ->> 'sound' from json_each(${JSON.stringify(rows)}) where true`,
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Indexes the words of new or renamed accounts, in the transaction that writes the accounts. */
export async function indexWords(tx: Kysely<Tables>, accounts: readonly AccountWords[]): Promise<void> {
  if (accounts.length === 0) return;
  await addNames(tx, accounts);
  if (dialectOf(tx) === 'postgresql') {
    await indexOnPostgresql(tx, accounts);
    return;
  }
  const known = accounts.filter(({ before }) => before !== null);
  await sql`delete from account_search where rowid in
    (select row_id from accounts where id in
      (select value from json_each(${JSON.stringify(known.map(({ id }) => id))})))`.execute(tx);
  const given = accounts.map(({ id, words: { words } }) => ({ id, words }));
  await sql`insert into account_search (rowid, words)
    select row_id, value ->> 'words' from json_each(${JSON.stringify(given)})
    join accounts on accounts.id = value ->> 'id'`.execute(tx);
}
