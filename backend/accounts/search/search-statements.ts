import Database from 'libsql';
import type { AccountRow } from '../../directory/directory.ts';

/** Where a text is looked for in order, one field at a time. */
export type KeyField =
  'user_name_key' | 'email_key' | 'employee_number_key' | 'phone_digits' | 'phone_reversed';

/** The statements of the search: the one place where it leaves Kysely, whose one connection a running import holds. */
export interface SearchStatements {
  startingWith(field: KeyField, prefix: string, most: number): AccountRow[];
  /** Accounts that have, for each word, a word that starts with it. Words are folded: letters and digits alone. */
  withWords(words: readonly string[], most: number): AccountRow[];
  /** Accounts are never deleted, so that only the new ones need counting. */
  count(): number;
  close(): void;
}

/** Opens a reading connection of its own: with the write-ahead log it never waits for a writer. */
export function openSearchStatements(file: string): SearchStatements {
  const database = new Database(file);
  database.exec('pragma busy_timeout = 1000');
  database.exec('pragma cache_size = -65536');
  database.exec('pragma mmap_size = 1073741824');
  database.exec('pragma query_only = on');
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
    startingWith: (field, prefix, most) =>
      byField[field].all(prefix, `${prefix}\u{10FFFF}`, most) as AccountRow[],
    // The quotes keep AND, NEAR and the like from being operators.
    withWords: (words, most) =>
      byWords.all(words.map((word) => `"${word}"*`).join(' AND '), most) as AccountRow[],
    count: () => {
      const { added, last } = newer.get(counted.upTo) as { added: number; last: number | null };
      counted = { accounts: counted.accounts + added, upTo: last ?? counted.upTo };
      return counted.accounts;
    },
    close: () => {
      database.close();
    },
  };
}
