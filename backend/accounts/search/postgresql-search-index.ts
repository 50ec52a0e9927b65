import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { Tables } from '../../store/tables.ts';
import { keyFields, lastAfter, type Candidates, type SearchIndex } from './search-index.ts';
import { longestPrefix } from './words-index.ts';

/** Rows of `account_prefixes` under `name` for the words that start with `word`: one beginning, or a stretch of whole long words. */
const startsWith = (name: string, word: string): RawBuilder<boolean> => {
  const prefix = sql.ref(`${name}.prefix`);
  return isLong(word)
    ? sql`${prefix} >= ${word} and ${prefix} < ${lastAfter(word)}`
    : sql`${prefix} = ${word}`;
};
const isLong = (word: string): boolean => [...word].length > longestPrefix;

/** Row numbers of accounts that have all the words, in order; the longest word, most likely the rarest, leads. */
function withWords(words: readonly string[], max: number): RawBuilder<unknown> {
  const [first = '', ...others] = words.toSorted((a, b) => b.length - a.length);
  const also = others.map(
    (word, at) => sql`
      and exists (select from account_prefixes ${sql.ref(`also${at}`)}
        where ${sql.ref(`also${at}.row_id`)} = lead.row_id and ${startsWith(`also${at}`, word)})`,
  );
  // Two words of one account may start with the same long word.
  const kind = isLong(first) ? sql`select distinct` : sql`select`;
  return sql`${kind} lead.row_id from account_prefixes lead
    where ${startsWith('lead', first)} ${sql.join(also, sql` `)} order by lead.row_id limit ${max}`;
}

/** Searches in PostgreSQL with one statement for each keystroke. Each part reads an index in order and stops at the limit. */
export function createPostgresqlSearchIndex(db: Kysely<Tables>): SearchIndex {
  let counted = { accounts: 0, upTo: 0 };
  return {
    candidates: async ({ starts, words, max }) => {
      const parts: RawBuilder<unknown>[] = [];
      const kinds: Candidates['by'][] = [];
      const add = (by: Candidates['by'], rows: RawBuilder<unknown>, order: RawBuilder<unknown>) => {
        const part = sql.lit(kinds.push(by) - 1);
        parts.push(sql`(select ${part} as part, row_number() over (order by ${order}) as place, found.* from
          (${rows}) found)`);
      };
      for (const field of keyFields) {
        const start = starts[field];
        // PostgreSQL stores no NUL in text, so no value starts with one.
        if (start === undefined || start.includes('\0')) continue;
        const column = sql.ref(field);
        const order = sql`${column}, row_id`;
        const rows = sql`select * from accounts where ${column} >= ${start} and ${column} < ${lastAfter(start)}
          order by ${order} limit ${max}`;
        add(field, rows, order);
      }
      if (words.length > 0) {
        const rows = sql`select accounts.* from (${withWords(words, max)}) hit
          join accounts on accounts.row_id = hit.row_id`;
        add('words', rows, sql`row_id`);
      }
      if (parts.length === 0) return [];
      const { rows } = await sql<AccountRow & { part: number; place: number }>`
        ${sql.join(parts, sql` union all `)} order by part, place`.execute(db);
      return kinds.map((by, part) => ({ by, accounts: rows.filter((row) => row.part === part) }));
    },
    // As in SQLite, only new accounts are counted: none is deleted, and writers run one at a time, so row numbers become visible in order.
    count: async () => {
      const { rows } = await sql<{ added: number; last: number | null }>`
        select newest.last, case when newest.last > ${counted.upTo}::integer
          then (select count(*) from accounts where row_id > ${counted.upTo}::integer) else 0 end as added
        from (select max(row_id) as last from accounts) newest`.execute(db);
      const [newer] = rows;
      if (newer?.last != null) {
        // A concurrent search may have counted the same accounts.
        if (newer.last > counted.upTo)
          counted = { accounts: counted.accounts + newer.added, upTo: newer.last };
      }
      return counted.accounts;
    },
    close: () => undefined,
  };
}
