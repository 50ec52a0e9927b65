import Database from 'libsql';
import type { AccountRow } from '../../directories/directory.ts';
import { keyFields, lastAfter, type Candidates, type KeyField, type SearchIndex } from './search-index.ts';

/** Searches on a connection of its own, since a running import holds Kysely's. With the write-ahead log it never waits for a writer. */
export function openSqliteSearchIndex(file: string): SearchIndex {
  const database = new Database(file);
  database.exec('pragma busy_timeout = 1000');
  database.exec('pragma cache_size = -65536');
  database.exec('pragma mmap_size = 1073741824');
  database.exec('pragma query_only = on');
  return searchIndexOn(database);
}

/** Searches on an existing connection. */
export function searchIndexOn(database: Database.Database): SearchIndex {
  const starting = (field: KeyField) =>
    database.prepare(
      `select * from accounts where ${field} is not null and ${field} >= ? and ${field} < ?
       order by ${field} limit ?`,
    );
  const byField = {
    user_name_key: starting('user_name_key'),
    email_key: starting('email_key'),
    employee_number_key: starting('employee_number_key'),
    phone_digits: starting('phone_digits'),
    phone_reversed: starting('phone_reversed'),
  };
  const byWords = database.prepare(
    `select accounts.* from (select rowid as row from account_search where account_search match ? limit ?)
     join accounts on accounts.row_id = row`,
  );
  const newer = database.prepare(
    'select count(*) as added, max(row_id) as last from accounts where row_id > ?',
  );
  let counted = { accounts: 0, upTo: 0 };
  return {
    candidates: async ({ starts, words, max }) => {
      const found: Candidates[] = [];
      for (const field of keyFields) {
        const start = starts[field];
        if (start === undefined) continue;
        const accounts = byField[field].all(start, lastAfter(start), max) as AccountRow[];
        found.push({ by: field, accounts });
      }
      if (words.length > 0) {
        // The quotes keep AND, NEAR and similar words from being operators of FTS.
        const match = words.map((word) => `"${word}"*`).join(' AND ');
        found.push({ by: 'words', accounts: byWords.all(match, max) as AccountRow[] });
      }
      return found;
    },
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
