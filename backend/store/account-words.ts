import { createHash } from 'node:crypto';
import { indexedWords, type IndexedWords } from '../text/name-words.ts';
import type { AccountsTable } from './tables/accounts.ts';

/** The columns of an account that the search index covers. */
export type IndexedColumns = Pick<AccountsTable, 'display_name' | 'user_name' | 'department'> & {
  readonly tier: string;
  readonly directory_id: string | null;
};

/** Columns by whose values the search index can filter. */
export type FilterColumn = 'department' | 'tier' | 'directory_id';

/** The private use area of Unicode, of which no typed word has a character. Both indexes take one of its characters as a word. */
const [firstToken, tokens] = [0xe000, 6400];

/**
 * The word of the search index for all accounts with a value in a column: one character. Different values may share one, so the column must be
 * compared as well.
 */
export function filterToken(column: FilterColumn, value: string): string {
  const hash = createHash('sha256').update(`${column}\0${value}`).digest().readUInt32BE();
  return String.fromCodePoint(firstToken + (hash % tokens));
}

const tokensByValue = new Map<string, string>();
const maxTokens = 5000;

/** {@link filterToken}, kept for the values of large imports. */
function keptToken(column: FilterColumn, value: string): string {
  const key = `${column}\0${value}`;
  const kept = tokensByValue.get(key);
  if (kept !== undefined) return kept;
  const token = filterToken(column, value);
  if (tokensByValue.size >= maxTokens) tokensByValue.clear();
  tokensByValue.set(key, token);
  return token;
}

/**
 * The words by which an account is found, and the words of its filters. The standard tier and the built-in directory have none, because most accounts
 * have them.
 */
export function accountWords(account: IndexedColumns): IndexedWords {
  const { words, names } = indexedWords(account.display_name, account.user_name);
  const filters = [
    ...(account.department === null ? [] : [keptToken('department', account.department)]),
    ...(account.tier === 'standard' ? [] : [keptToken('tier', account.tier)]),
    ...(account.directory_id === null ? [] : [keptToken('directory_id', account.directory_id)]),
  ];
  return { words: [words, ...new Set(filters)].join(' '), names };
}

/** Whether the search index has to change with the account. */
export const hasOtherWords = (before: IndexedColumns, after: IndexedColumns): boolean =>
  before.display_name !== after.display_name ||
  before.user_name !== after.user_name ||
  before.department !== after.department ||
  before.tier !== after.tier ||
  before.directory_id !== after.directory_id;
