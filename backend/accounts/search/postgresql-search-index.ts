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
import { createWordSample, type WordSample } from './word-sample.ts';

/** How words are found: the numbers of the common ones, and which ones are rare. */
interface KnownWords {
  readonly common: ReadonlyMap<string, number>;
  readonly isRare: WordSample['isRare'];
}

/** Row numbers of accounts that have a word of each list, in order. */
function withWords(
  lists: readonly AnyWord[],
  max: number,
  { common, isRare }: KnownWords,
): RawBuilder<unknown> {
  const [only, ...others] = lists;
  const [word, ...alternatives] = only ?? [];
  const isOneBeginning = others.length === 0 && alternatives.length === 0 && word?.isWhole === false;
  if (isOneBeginning && [...word.text].length <= longestPrefix)
    return sql`select row_id from account_prefixes where prefix = ${word.text} order by row_id limit ${sql.lit(max)}`;
  const inIndex = (all: readonly AnyWord[]) =>
    sql`select row_id from ${sql.raw(isRare(all) ? 'accounts_with_rare_words' : 'accounts_with_words')}(
      ${wordsQuery(all)}::tsquery, ${max}::integer) as row_id`;
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

const columns = sql.raw(searchedColumns.map((name) => `accounts.${name}`).join(', '));

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

/** One list of candidates: the accounts of a field or of words, up to a limit, and their order. */
interface Part {
  readonly by: Candidates['by'];
  readonly rowsTo: (limit: number) => RawBuilder<unknown>;
  readonly order: RawBuilder<unknown>;
}
type PartRow = SearchedAccount & { readonly part: number; readonly place: number };

/** Reads all parts in one statement. */
async function readParts(db: Kysely<Tables>, parts: readonly Part[], max: number): Promise<Candidates[]> {
  const each = parts.map(
    (
      { rowsTo, order },
      part,
    ) => sql`(select ${sql.lit(part)} as part, row_number() over (order by ${order}) as place, found.* from
      (${rowsTo(max)}) found)`,
  );
  const { rows } = await sql<PartRow>`${sql.join(each, sql` union all `)} order by part, place`.execute(db);
  return parts.map(({ by }, part) => ({ by, accounts: rows.filter((row) => row.part === part) }));
}

/** Matches of a part that conditions are applied to first: where the filter is frequent, they suffice, and reading more takes most of the time. */
const firstFiltered = 50;

/**
 * Reads the accounts of each part that meet the conditions, among its first {@link firstFiltered} matches, and where these are not enough, among its
 * first {@link maxFiltered}.
 */
async function readFiltered(
  db: Kysely<Tables>,
  parts: readonly Part[],
  conditions: readonly Condition[],
  max: number,
): Promise<Candidates[]> {
  const first = await filterMatches(db, parts, { conditions, max, among: firstFiltered });
  const unfinished = parts.filter(
    (_part, at) => first[at]?.isCut === true && first[at].accounts.length < max,
  );
  const more =
    unfinished.length === 0
      ? []
      : await filterMatches(db, unfinished, { conditions, max, among: maxFiltered });
  return parts.flatMap((part, at) => {
    const found = more[unfinished.indexOf(part)] ?? first[at];
    if (found === undefined) return [];
    return [found.accounts.length === max ? { by: found.by, accounts: found.accounts } : found];
  });
}

/** The accounts of each part among its first matches that meet the conditions; `isCut` if it has more matches than that. */
async function filterMatches(
  db: Kysely<Tables>,
  parts: readonly Part[],
  {
    conditions,
    max,
    among,
  }: { readonly conditions: readonly Condition[]; readonly max: number; readonly among: number },
): Promise<Candidates[]> {
  const each = parts.map(
    ({ rowsTo, order }, part) => sql`(with matching as materialized (${rowsTo(among + 1)})
      select ${sql.lit(part)} as part, row_number() over (order by ${order}) as place, matches, found.*
      from (select count(*)::integer as matches from matching) counted left join lateral
        (select * from (select * from matching order by ${order} limit ${sql.lit(among)}) first
          where ${allOf(conditions)} order by ${order} limit ${sql.lit(max)}) found on true)`,
  );
  const { rows } = await sql<PartRow & { matches: number; id: string | null }>`
    ${sql.join(each, sql` union all `)} order by part, place`.execute(db);
  return parts.map(({ by }, part) => {
    const found = rows.filter((row) => row.part === part);
    return {
      by,
      accounts: found.filter(({ id }) => id !== null),
      isCut: (found[0]?.matches ?? 0) > among,
    };
  });
}

/** Searches in PostgreSQL with one statement for each keystroke. Each part reads an index in order and stops at the limit. */
export function createPostgresqlSearchIndex(db: Kysely<Tables>): SearchIndex {
  let counted = { accounts: 0, upTo: 0 };
  let countedAt = -Infinity;
  /** The numbers of common words. A word that has become common is found without its bitmap until the next search. */
  const common = new Map<string, number>();
  const sample = createWordSample(db);
  const known: KnownWords = { common, isRare: sample.isRare };
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
      const parts: Part[] = [];
      for (const field of keyFields) {
        const column = columnOf(field);
        const order = sql`${column}, row_id`;
        for (const start of starts[field] ?? []) {
          // PostgreSQL stores no NUL in text, so no value starts with one.
          if (start.includes('\0')) continue;
          const rowsTo = (limit: number) =>
            sql`select ${columns} from accounts where ${column} >= ${start} and ${column} < ${lastAfter(start)}${conditionOf(field)}
              order by ${order} limit ${sql.lit(limit)}`;
          parts.push({ by: field, rowsTo, order });
        }
        if (field !== 'employee_number_key' && field !== 'phone_digits') continue;
        const whole = values[field];
        if (whole === undefined || whole.length === 0) continue;
        const rowsTo = (limit: number) =>
          sql`select ${columns} from accounts where ${column} = any(${[...whole]}::text[])
            order by ${order} limit ${sql.lit(limit)}`;
        parts.push({ by: field, rowsTo, order });
      }
      const filterWords = (filter?.words ?? []).map((text): AnyWord => [{ text, isWhole: false }]);
      for (const all of names) {
        const rowsTo = (limit: number) =>
          sql`select ${columns} from (${withWords([...all, ...filterWords], limit, known)}) hit
            join accounts on accounts.row_id = hit.row_id`;
        parts.push({ by: 'words', rowsTo, order: sql`row_id` });
      }
      if (parts.length === 0) return [];
      const conditions = filter?.conditions ?? [];
      return conditions.length === 0
        ? await readParts(db, parts, max)
        : await readFiltered(db, parts, conditions, max);
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
        select word, sound from name_words where word = any(string_to_array(${words.join(' ')}, ' '))
        union all
        select found.word, found.sound from unnest(${[...sounds]}::text[]) as given(sound)
        cross join lateral (select known.word, known.sound from name_words known
          where known.sound = given.sound collate "C" limit ${sql.lit(maxOfASound)}) found`.execute(db);
      return rows;
    },
    // As in SQLite, only new accounts are counted: none is deleted, and writers run one at a time, so row numbers become visible in order.
    count: async (maxAge = 0) => {
      const at = performance.now();
      if (counted.accounts > 0 && at - countedAt < maxAge) return counted.accounts;
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
        // Searches do not wait for it, and a fault of the database shows in them as well.
        sample.refresh(newer.last).catch(() => undefined);
      }
      countedAt = at;
      return counted.accounts;
    },
    close: () => void db.destroy(),
  };
}
