import { sql, type Kysely } from 'kysely';
import { soundKey } from '../text/alike.ts';
import type { IndexedWords } from '../text/name-words.ts';
import { accountWords } from './account-words.ts';
import { addNewCommonWords, markCommonWords } from './common-words.ts';
import { dialectOf } from './dialect.ts';
import { lexemesOf, longestPrefix, quoted } from './lexemes.ts';
import type { Tables } from './tables.ts';
import { jsonText } from './json-text.ts';

/** The words of an account, as returned by `indexedWords`. */
export interface AccountWords {
  readonly id: string;
  readonly words: IndexedWords;
  /** The words indexed before; null for a new account. */
  readonly before: IndexedWords | null;
}

/** An account's words with its number, the row of the index. */
interface NumberedWords extends Omit<AccountWords, 'id'> {
  readonly number: number;
}

/** Adds the numbers of accounts. As one text: rows would take the drivers several times as long. */
async function withNumbers(
  tx: Kysely<Tables>,
  accounts: readonly AccountWords[],
): Promise<readonly NumberedWords[]> {
  const ids = accounts.map(({ id }) => id);
  const { rows } = await (
    dialectOf(tx) === 'postgresql'
      ? sql<{ numbers: string }>`select json_agg(row_id order by place)::text as numbers
          from unnest(${ids}::text[]) with ordinality as given(id, place) join accounts on accounts.id = given.id`
      : sql<{ numbers: string }>`select json_group_array(row_id) as numbers from
          (select row_id from json_each(${JSON.stringify(ids)}) as given
            cross join accounts on accounts.id = given.value order by given.key)`
  ).execute(tx);
  const numbers = JSON.parse(rows[0]?.numbers ?? '[]') as number[];
  return accounts.map(({ words, before }, at) => {
    const number = numbers[at];
    if (number === undefined) throw new Error('An account must be stored before its words are indexed');
    return { number, words, before };
  });
}

/** The accounts with a row of the index each, as `row_id` and `words`. */
const givenOf = (given: readonly { number: number; words: IndexedWords }[]) => {
  const rows = given.map(({ number, words: { words } }) => ({
    row_id: number,
    words: [...lexemesOf(words)].map(quoted).join(' '),
  }));
  return sql`given as (select row_id, words
    from json_to_recordset(${jsonText(rows)}::json) as rows(row_id integer, words tsvector))`;
};

/** The rows of `account_prefixes` for the accounts in `given`, in the order of the index. */
const prefixes = sql`
  select lexeme collate "C" as prefix, row_id from given cross join lateral unnest(tsvector_to_array(words)) as lexeme
  where length(lexeme) <= ${sql.lit(longestPrefix)} order by 1, 2`;

async function indexOnPostgresql(tx: Kysely<Tables>, accounts: readonly NumberedWords[]): Promise<void> {
  const known = accounts.flatMap(({ number, before }) =>
    before === null ? [] : [{ number, words: before }],
  );
  if (known.length > 0) {
    await sql`with ${givenOf(known)}
      delete from account_prefixes using (${prefixes}) as gone
      where account_prefixes.prefix = gone.prefix and account_prefixes.row_id = gone.row_id`.execute(tx);
  }
  await sql`with ${givenOf(accounts)},
    indexed as (insert into account_words (row_id, words) select row_id, words from given order by row_id
      on conflict (row_id) do update set words = excluded.words)
    insert into account_prefixes (prefix, row_id) ${prefixes}`.execute(tx);
  if (accounts.length <= fewAccounts) await settleIndex(tx);
}

/** Adds the words of names that no account had, with their sounds. Words that no account has any longer stay. */
async function addNames(
  tx: Kysely<Tables>,
  accounts: readonly Pick<NumberedWords, 'words'>[],
): Promise<void> {
  const fresh = new Set(accounts.flatMap(({ words: { names } }) => names));
  if (fresh.size === 0) return;
  const rows = [...fresh].map((word) => ({ word, sound: soundKey(word) }));
  await tx
    .insertInto('name_words')
    .columns(['word', 'sound'])
    .expression(
      dialectOf(tx) === 'postgresql'
        ? sql`select word, sound from json_to_recordset(${jsonText(rows)}::json) as rows(word text, sound text)`
        : sql`select value ->> 'word', value ->> 'sound' from json_each(${jsonText(rows)}) where true`,
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Changes that are not collected for the index of words, since each search would read them. */
const fewAccounts = 100;

/** Brings collected changes into PostgreSQL's index of words, which then answers faster. */
async function settleIndex(db: Kysely<Tables>): Promise<void> {
  if (dialectOf(db) === 'postgresql') await sql`select settle_account_words()`.execute(db);
}

/** Makes searches fast at the end of many changes: brings collected changes into the index, and marks words that have become common. */
export async function settleWords(db: Kysely<Tables>): Promise<void> {
  await settleIndex(db);
  await addNewCommonWords(db);
}

/** Indexes the words of new or renamed accounts, in the transaction that writes the accounts. */
export async function indexWords(tx: Kysely<Tables>, accounts: readonly AccountWords[]): Promise<void> {
  if (accounts.length === 0) return;
  const numbered = await withNumbers(tx, accounts);
  await writeWords(tx, numbered);
  await markCommonWords(tx, numbered);
}

/** Indexes words, but marks no common words: for migrations, which do so at their end. */
export async function writeWords(tx: Kysely<Tables>, accounts: readonly NumberedWords[]): Promise<void> {
  await addNames(tx, accounts);
  if (dialectOf(tx) === 'postgresql') {
    await indexOnPostgresql(tx, accounts);
    return;
  }
  const known = accounts.flatMap(({ number, before }) => (before === null ? [] : [number]));
  if (known.length > 0)
    await sql`delete from account_search where rowid in
      (select value from json_each(${JSON.stringify(known)}))`.execute(tx);
  const given = accounts.map(({ number, words: { words } }) => [number, words]);
  await sql`insert into account_search (rowid, words)
    select value ->> 0, value ->> 1 from json_each(${jsonText(given)})`.execute(tx);
}

/** Accounts read per batch. */
const pageSize = 5000;

/** Indexes the words of all accounts again, after the index was emptied. Marks no common words. */
export async function indexAllAccounts(db: Kysely<Tables>): Promise<void> {
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom('accounts')
      .select(['row_id', 'display_name', 'user_name', 'department', 'tier', 'directory_id'])
      .where('row_id', '>', last)
      .orderBy('row_id')
      .limit(pageSize)
      .execute();
    await writeWords(
      db,
      rows.map((row) => ({ number: row.row_id, words: accountWords(row), before: null })),
    );
    if (rows.length < pageSize) break;
    last = rows.at(-1)?.row_id ?? last;
  }
  await settleIndex(db);
}
