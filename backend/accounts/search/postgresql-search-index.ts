import { sql, type Kysely, type RawBuilder } from 'kysely';
import { bareEmployeeNumber, hasSeparators } from '../../store/bare-number.ts';
import type { Tables } from '../../store/tables.ts';
import {
  keyFields,
  lastAfter,
  maxFiltered,
  maxListed,
  maxOfASound,
  searchedColumns,
  type AnyWord,
  type Candidates,
  type Condition,
  type KeyField,
  type NameSound,
  type SearchedAccount,
  type SearchFilter,
  type SearchIndex,
} from './search-index.ts';
import { longestPrefix, wordsQuery } from '../../store/lexemes.ts';
import { candidatesAmong } from './listed-candidates.ts';
import { planWords } from './plan-words.ts';

/** Row numbers of accounts that have a word of each list, in order. */
function withWords(
  lists: readonly AnyWord[],
  max: number,
  common: ReadonlyMap<string, number>,
): RawBuilder<unknown> {
  const [only, ...others] = lists;
  const [word, ...alternatives] = only ?? [];
  const isOneBeginning = others.length === 0 && alternatives.length === 0 && word?.isWhole === false;
  if (isOneBeginning && [...word.text].length <= longestPrefix)
    return sql`select row_id from account_prefixes where prefix = ${word.text} order by row_id limit ${sql.lit(max)}`;
  const inIndex = (all: readonly AnyWord[]) =>
    sql`select row_id from accounts_with_words(${wordsQuery(all)}::tsquery, ${max}::integer) as row_id`;
  const isOneOfSome = others.length === 0 && !isOneBeginning;
  const plan = isOneOfSome ? null : planWords(lists, (each) => common.get(each));
  if (plan === null || plan.common === null) return inIndex(lists);
  const numbers = plan.common.flat();
  const terms = plan.common.flatMap((words, term) => words.map(() => term));
  const both = sql`select row_id from
    accounts_with_common_words(${numbers}::integer[], ${terms}::integer[], ${max}::integer) as row_id`;
  if (plan.rare.length === 0) return both;
  const parts = [both, ...plan.rare.map((rare) => inIndex(rare.lists))];
  return sql`select row_id from (${sql.join(parts, sql` union `)}) either order by row_id limit ${sql.lit(max)}`;
}

/** The column of a field, or the expression as its index is declared. */
function columnOf(field: KeyField): RawBuilder<string> {
  if (field === 'bare_employee_number') return sql.raw(bareEmployeeNumber);
  return field === 'email_domain' ? sql<string>`split_part(email_key, '@', 2)` : sql.ref(field);
}
/** What all accounts of a field's index meet, which the database cannot conclude from the comparison. */
const conditionOf = (field: KeyField): RawBuilder<unknown> =>
  field === 'bare_employee_number' ? sql.raw(` and ${hasSeparators}`) : sql``;

const columns = sql.join(searchedColumns.map((name) => sql.ref(`accounts.${name}`)));

/** All of the conditions, with their values as parameters. */
const allOf = (conditions: readonly Condition[]): RawBuilder<boolean> => {
  const each = conditions.map(({ sql: text, values }) => {
    const [start = '', ...rest] = text.split('?');
    const others = rest.map((part, at) => sql`${values[at]}${sql.raw(part)}`);
    return sql`(${sql.raw(start)}${sql.join(others, sql``)})`;
  });
  return sql`${sql.join(each, sql` and `)}`;
};

/** All accounts within a filter in the order of their creation, if its list is short; null otherwise. */
async function listed(
  db: Kysely<Tables>,
  { list, conditions }: SearchFilter,
): Promise<readonly SearchedAccount[] | null> {
  if (list === null) return null;
  const { rows: sizes } = await sql<{ size: number }>`
    select count(*)::integer as size from
      (select from accounts where ${allOf([list])} limit ${sql.lit(maxListed + 1)}) counted`.execute(db);
  if ((sizes[0]?.size ?? 0) > maxListed) return null;
  const { rows } = await sql<SearchedAccount>`
    select ${columns} from accounts where ${allOf([list, ...conditions])}`.execute(db);
  return rows.toSorted((one, other) => one.row_id - other.row_id);
}

/** Searches in PostgreSQL with one statement for each keystroke. Each part reads an index in order and stops at the limit. */
export function createPostgresqlSearchIndex(db: Kysely<Tables>): SearchIndex {
  let counted = { accounts: 0, upTo: 0 };
  /** The numbers of common words. A word that has become common is found without its bitmap until the next search. */
  const common = new Map<string, number>();
  let lastCommon = 0;
  const readCommon = async (last: number) => {
    const rows = await db
      .selectFrom('common_words')
      .select(['id', 'word'])
      .where('id', '>', lastCommon)
      .execute();
    for (const { id, word } of rows) common.set(word, id);
    lastCommon = Math.max(lastCommon, last);
  };
  return {
    candidates: async (wanted) => {
      const { starts, values, names, max, filter = null } = wanted;
      const short = filter && (await listed(db, filter));
      if (short) return candidatesAmong(short, wanted);
      const conditions = filter?.conditions ?? [];
      const parts: RawBuilder<unknown>[] = [];
      const uncut: ((limit: number) => RawBuilder<unknown>)[] = [];
      const kinds: Candidates['by'][] = [];
      const isFiltered = conditions.length > 0;
      const add = (
        by: Candidates['by'],
        rowsTo: (limit: number) => RawBuilder<unknown>,
        order: RawBuilder<unknown>,
      ) => {
        const part = sql.lit(kinds.push(by) - 1);
        uncut.push(rowsTo);
        const rows = isFiltered
          ? sql`select * from (${rowsTo(maxFiltered)}) matching where ${allOf(conditions)} order by ${order} limit ${sql.lit(max)}`
          : rowsTo(max);
        parts.push(sql`(select ${part} as part, row_number() over (order by ${order}) as place, found.* from
          (${rows}) found)`);
      };
      for (const field of keyFields) {
        const column = columnOf(field);
        const order = sql`${column}, row_id`;
        for (const start of starts[field] ?? []) {
          // PostgreSQL stores no NUL in text, so no value starts with one.
          if (start.includes('\0')) continue;
          add(
            field,
            (
              limit,
            ) => sql`select ${columns} from accounts where ${column} >= ${start} and ${column} < ${lastAfter(start)}${conditionOf(field)}
              order by ${order} limit ${sql.lit(limit)}`,
            order,
          );
        }
        if (field !== 'employee_number_key' && field !== 'phone_digits') continue;
        const whole = values[field];
        if (whole === undefined || whole.length === 0) continue;
        add(
          field,
          (limit) => sql`select ${columns} from accounts where ${column} = any(${[...whole]}::text[])
            order by ${order} limit ${sql.lit(limit)}`,
          order,
        );
      }
      const filterWords = (filter?.words ?? []).map((text): AnyWord => [{ text, isWhole: false }]);
      for (const all of names)
        add(
          'words',
          (limit) => sql`select ${columns} from (${withWords([...all, ...filterWords], limit, common)}) hit
            join accounts on accounts.row_id = hit.row_id`,
          sql`row_id`,
        );
      if (parts.length === 0) return [];
      const { rows } = await sql<SearchedAccount & { part: number; place: number }>`
        ${sql.join(parts, sql` union all `)} order by part, place`.execute(db);
      const found = kinds.map((by, part) => ({ by, accounts: rows.filter((row) => row.part === part) }));
      if (!isFiltered) return found;
      const counts = found.flatMap(({ accounts }, part) => {
        const all = uncut[part]?.(maxFiltered + 1);
        if (accounts.length === max || all === undefined) return [];
        return [sql`(select ${sql.lit(part)} as part, count(*)::integer as matches from (${all}) counted)`];
      });
      if (counts.length === 0) return found;
      const matching = await sql<{
        part: number;
        matches: number;
      }>`${sql.join(counts, sql` union all `)}`.execute(db);
      const cut = new Set(
        matching.rows.filter(({ matches }) => matches > maxFiltered).map(({ part }) => part),
      );
      return found.map((one, part) => ({ ...one, isCut: cut.has(part) }));
    },
    knownBeginnings: async (words) => {
      const { rows } = await sql<{
        word: string;
      }>`select word from unnest(${[...words]}::text[]) as given(word)
        where exists (select from name_words known
          where known.word >= given.word collate "C" and known.word < (given.word || ${lastAfter('')}) collate "C")`.execute(
        db,
      );
      return rows.map(({ word }) => word);
    },
    namesLike: async ({ words, sounds }) => {
      const { rows } = await sql<NameSound>`
        select word, sound from name_words where word = any(${[...words]}::text[])
        union all
        select found.word, found.sound from unnest(${[...sounds]}::text[]) as given(sound)
        cross join lateral (select known.word, known.sound from name_words known
          where known.sound = given.sound collate "C" limit ${sql.lit(maxOfASound)}) found`.execute(db);
      return rows;
    },
    // As in SQLite, only new accounts are counted: none is deleted, and writers run one at a time, so row numbers become visible in order.
    count: async () => {
      const { rows } = await sql<{ added: number; last: number | null; common: number | null }>`
        select (select max(id) from common_words) as common, newest.last, case when newest.last > ${counted.upTo}::integer
          then (select count(*) from accounts where row_id > ${counted.upTo}::integer) else 0 end as added
        from (select max(row_id) as last from accounts) newest`.execute(db);
      const [newer] = rows;
      if (newer?.common != null && newer.common > lastCommon) await readCommon(newer.common);
      if (newer?.last != null) {
        // A concurrent search may have counted the same accounts.
        if (newer.last > counted.upTo)
          counted = { accounts: counted.accounts + newer.added, upTo: newer.last };
      }
      return counted.accounts;
    },
    close: () => void db.destroy(),
  };
}
