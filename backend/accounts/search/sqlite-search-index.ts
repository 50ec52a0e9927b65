import Database from 'libsql';
import { bareEmployeeNumber, hasSeparators } from '../../store/bare-number.ts';
import { matchQuery } from '../../store/lexemes.ts';
import { candidatesAmong } from './listed-candidates.ts';
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
import { createSqliteWords } from './sqlite-words.ts';
import { jsonText } from '../../store/json-text.ts';

/** Searches on a connection of its own, which maps the file into memory. With the write-ahead log it never waits for a writer. */
export function openSqliteSearchIndex(file: string): SearchIndex {
  const database = new Database(file);
  database.exec('pragma busy_timeout = 1000');
  database.exec('pragma cache_size = -65536');
  database.exec('pragma mmap_size = 1073741824');
  database.exec('pragma query_only = on');
  return searchIndexOn(database);
}

const allOf = (conditions: readonly Condition[]): string =>
  conditions.map(({ sql }) => `(${sql})`).join(' and ');
const valuesOf = (conditions: readonly Condition[]) => conditions.flatMap(({ values }) => values);

/** The column of a field and the condition of its index, as the index is declared. */
function indexedAs(field: KeyField): { readonly column: string; readonly where: string } {
  if (field === 'email_domain')
    return { column: `substr(email_key, instr(email_key, '@') + 1)`, where: 'email_key is not null' };
  if (field === 'bare_employee_number') return { column: bareEmployeeNumber, where: hasSeparators };
  return { column: field, where: `${field} is not null` };
}
const columns = searchedColumns.map((name) => `accounts.${name}`).join(', ');
const startingWith = (field: KeyField): string => {
  const { column, where } = indexedAs(field);
  return `select ${columns} from accounts where ${where} and ${column} >= ? and ${column} < ?
    order by ${column} limit ?`;
};
const byField = Object.fromEntries(keyFields.map((field) => [field, startingWith(field)])) as Record<
  KeyField,
  string
>;
const having = (field: 'employee_number_key' | 'phone_digits'): string =>
  `select ${columns} from accounts where ${field} is not null and ${field} in (select value from json_each(?))
   order by ${field} limit ?`;
const byValue = {
  employee_number_key: having('employee_number_key'),
  phone_digits: having('phone_digits'),
};
const byWords = `select ${columns} from (select rowid as row from account_search where account_search match ? limit ?)
  join accounts on accounts.row_id = row`;
const byNumbers = `select ${columns} from (select value as row from json_each(?) limit ?)
  join accounts on accounts.row_id = row`;
/** Reads accounts as one text: rows would take the driver several times as long. */
const asText = (query: string): string =>
  `select json_group_array(json_array(${searchedColumns.join(', ')})) as found from (${query})`;
function accountsIn(row: unknown): SearchedAccount[] {
  const rows = JSON.parse((row as { found: string }).found) as readonly (readonly unknown[])[];
  return rows.map(
    (values) =>
      Object.fromEntries(searchedColumns.map((name, at) => [name, values[at]])) as unknown as SearchedAccount,
  );
}
/** Searches on an existing connection. */
export function searchIndexOn(database: Database.Database): SearchIndex {
  const statements = new Map<string, Database.Statement>();
  const prepared = (text: string): Database.Statement => {
    const known = statements.get(text) ?? database.prepare(text);
    statements.set(text, known);
    return known;
  };
  /** The accounts of a query whose last parameter is its limit. Conditions are applied to its first rows only. */
  const accountsOf = (
    query: string,
    values: readonly string[],
    max: number,
    conditions: readonly Condition[],
  ) => {
    if (conditions.length === 0) return { accounts: accountsIn(prepared(asText(query)).get(...values, max)) };
    const accounts = accountsIn(
      prepared(asText(`select * from (${query}) where ${allOf(conditions)} limit ?`)).get(
        ...values,
        maxFiltered,
        ...valuesOf(conditions),
        max,
      ),
    );
    if (accounts.length === max) return { accounts };
    const { matches } = prepared(`select count(*) as matches from (${query})`).get(
      ...values,
      maxFiltered + 1,
    ) as { matches: number };
    return { accounts, isCut: matches > maxFiltered };
  };
  /** All accounts within a filter in the order of their creation, if its list is short; null otherwise. */
  const listed = ({ list, conditions }: SearchFilter): SearchedAccount[] | null => {
    if (list === null) return null;
    const { size } = prepared(
      `select count(*) as size from (select 1 from accounts where ${list.sql} limit ${maxListed + 1})`,
    ).get(...list.values) as { size: number };
    if (size > maxListed) return null;
    const all = [list, ...conditions];
    // Ordered by the database, all accounts would be read in that order instead of those of the list.
    const found = prepared(asText(`select ${columns} from accounts where ${allOf(all)}`)).get(
      ...valuesOf(all),
    );
    return accountsIn(found).toSorted((one, other) => one.row_id - other.row_id);
  };
  const byBitmaps = createSqliteWords(database);
  /** The accounts that have a word of each list. */
  const accountsWith = (lists: readonly AnyWord[], max: number, conditions: readonly Condition[]) => {
    const numbers = byBitmaps.find(lists, conditions.length > 0 ? maxFiltered + 1 : max);
    return numbers === null
      ? accountsOf(byWords, [matchQuery(lists)], max, conditions)
      : accountsOf(byNumbers, [JSON.stringify(numbers)], max, conditions);
  };
  const beginnings = database.prepare(
    `select value as word from json_each(?)
     where exists (select 1 from name_words where word >= value and word < value || char(1114111))`,
  );
  // One text: rows would take the driver ten times as long.
  const named = (condition: string) =>
    database.prepare(`select json_group_array(json_object('word', word, 'sound', sound)) as names from
      (select word, sound from name_words where ${condition})`);
  const like = named('word in (select value from json_each(?))');
  const sounding = named(`sound = ? limit ${maxOfASound}`);
  const namesOf = (row: unknown) => JSON.parse((row as { names: string }).names) as NameSound[];
  // All accounts are counted in the smallest index. A range of `row_id` would read every page of the table.
  const counting = database.prepare(
    'select (select count(*) from accounts) as added, (select max(row_id) from accounts) as last',
  );
  const newer = database.prepare(
    'select count(*) as added, max(row_id) as last from accounts where row_id > ?',
  );
  const wordsOf = (rows: unknown[]) => (rows as { word: string }[]).map(({ word }) => word);
  let counted = { accounts: 0, upTo: 0 };
  return {
    candidates: async (wanted) => {
      const { starts, values, names, max, filter = null } = wanted;
      const short = filter && listed(filter);
      if (short) return candidatesAmong(short, wanted);
      const conditions = filter?.conditions ?? [];
      const found: Candidates[] = [];
      const add = (by: Candidates['by'], query: string, ...parameters: string[]) =>
        found.push({ by, ...accountsOf(query, parameters, max, conditions) });
      for (const field of keyFields) {
        for (const start of starts[field] ?? []) add(field, byField[field], start, lastAfter(start));
        if (field !== 'employee_number_key' && field !== 'phone_digits') continue;
        const whole = values[field];
        if (whole === undefined || whole.length === 0) continue;
        add(field, byValue[field], jsonText(whole));
      }
      const filterWords = (filter?.words ?? []).map((text): AnyWord => [{ text, isWhole: false }]);
      for (const all of names)
        found.push({ by: 'words', ...accountsWith([...all, ...filterWords], max, conditions) });
      return found;
    },
    knownBeginnings: async (words) => wordsOf(beginnings.all(jsonText(words))),
    namesLike: async ({ words, sounds }) => [
      ...(words.length === 0 ? [] : namesOf(like.get(jsonText(words)))),
      ...sounds.flatMap((sound) => namesOf(sounding.get(sound))),
    ],
    // Accounts are never deleted, so only new ones are counted.
    count: async () => {
      const { added, last } = (counted.upTo === 0 ? counting.get() : newer.get(counted.upTo)) as {
        added: number;
        last: number | null;
      };
      counted = { accounts: counted.accounts + added, upTo: last ?? counted.upTo };
      return counted.accounts;
    },
    close: () => {
      database.close();
    },
  };
}
