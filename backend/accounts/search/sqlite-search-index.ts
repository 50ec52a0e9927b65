import Database from 'libsql';
import type { AccountRow } from '../../directories/directory.ts';
import {
  keyFields,
  lastAfter,
  maxOfASound,
  type AnyWord,
  type Candidates,
  type KeyField,
  type SearchIndex,
} from './search-index.ts';

/** Searches on a connection of its own, since a running import holds Kysely's. With the write-ahead log it never waits for a writer. */
export function openSqliteSearchIndex(file: string): SearchIndex {
  const database = new Database(file);
  database.exec('pragma busy_timeout = 1000');
  database.exec('pragma cache_size = -65536');
  database.exec('pragma mmap_size = 1073741824');
  database.exec('pragma query_only = on');
  return searchIndexOn(database);
}

// The quotes keep AND, NEAR and similar words from being operators of FTS.
const matchOf = (any: AnyWord): string =>
  any.map(({ text, isWhole }) => (isWhole ? `"${text}"` : `"${text}"*`)).join(' OR ');
const matchOfAll = (all: readonly AnyWord[]): string => all.map((any) => `(${matchOf(any)})`).join(' AND ');

/** Searches on an existing connection. */
export function searchIndexOn(database: Database.Database): SearchIndex {
  const starting = (field: KeyField) => {
    // As the index is declared.
    const column = field === 'email_domain' ? `substr(email_key, instr(email_key, '@') + 1)` : field;
    const known = field === 'email_domain' ? 'email_key' : field;
    return database.prepare(
      `select * from accounts where ${known} is not null and ${column} >= ? and ${column} < ?
       order by ${column} limit ?`,
    );
  };
  const byField = Object.fromEntries(keyFields.map((field) => [field, starting(field)])) as Record<
    KeyField,
    ReturnType<typeof starting>
  >;
  const having = (field: 'employee_number_key' | 'phone_digits') =>
    database.prepare(
      `select * from accounts where ${field} is not null and ${field} in (select value from json_each(?))
       order by ${field} limit ?`,
    );
  const byValue = {
    employee_number_key: having('employee_number_key'),
    phone_digits: having('phone_digits'),
  };
  const byWords = database.prepare(
    `select accounts.* from (select rowid as row from account_search where account_search match ? limit ?)
     join accounts on accounts.row_id = row`,
  );
  const beginnings = database.prepare(
    `select value as word from json_each(?)
     where exists (select 1 from name_words where word >= value and word < value || char(1114111))`,
  );
  const like = database.prepare(`select word from name_words where word in (select value from json_each(?))`);
  const sounding = database.prepare(`select word from name_words where sound = ? limit ${maxOfASound}`);
  const newer = database.prepare(
    'select count(*) as added, max(row_id) as last from accounts where row_id > ?',
  );
  const wordsOf = (rows: unknown[]) => (rows as { word: string }[]).map(({ word }) => word);
  let counted = { accounts: 0, upTo: 0 };
  return {
    candidates: async ({ starts, values, names, max }) => {
      const found: Candidates[] = [];
      for (const field of keyFields) {
        for (const start of starts[field] ?? []) {
          const accounts = byField[field].all(start, lastAfter(start), max) as AccountRow[];
          found.push({ by: field, accounts });
        }
        if (field !== 'employee_number_key' && field !== 'phone_digits') continue;
        const whole = values[field];
        if (whole === undefined || whole.length === 0) continue;
        found.push({ by: field, accounts: byValue[field].all(JSON.stringify(whole), max) as AccountRow[] });
      }
      for (const all of names) {
        found.push({ by: 'words', accounts: byWords.all(matchOfAll(all), max) as AccountRow[] });
      }
      return found;
    },
    knownBeginnings: async (words) => wordsOf(beginnings.all(JSON.stringify(words))),
    namesLike: async ({ words, sounds }) => [
      ...(words.length === 0 ? [] : wordsOf(like.all(JSON.stringify(words)))),
      ...sounds.flatMap((sound) => wordsOf(sounding.all(sound))),
    ],
    // Accounts are never deleted, so only new ones are counted.
    count: async () => {
      const { added, last } = newer.get(counted.upTo) as { added: number; last: number | null };
      counted = { accounts: counted.accounts + added, upTo: last ?? counted.upTo };
      return counted.accounts;
    },
    close: () => {
      database.close();
    },
  };
}
