import { sql, type Kysely } from 'kysely';
import { bareEmployeeNumber, hasSeparators } from '../store/bare-number.ts';
import { findByWords } from '../store/find-by-words.ts';
import type { Tables } from '../store/tables.ts';
import { valueList } from '../store/value-list.ts';
import { looseNumber, numbersLike } from '../text/bare-number.ts';
import { foldedWords } from '../text/fold.ts';
import { bareWordsOf, readManagerName, type ManagerName } from '../text/manager-name.ts';
import type { AccountRow } from './directory.ts';

/** The columns that a key of a manager can be in, the strongest first. */
const keyColumns = ['user_name_key', 'email_key', 'employee_number_key'] as const;

/** Texts that are looked up with one statement. */
const pageSize = 1000;

/** Accounts that are compared to find the one with exactly the words of a name. */
const maxNamesakes = 200;

const isActive = (account: AccountRow, at: number): boolean =>
  account.disabled === 0 &&
  account.frozen_at === null &&
  (account.expires_at ?? at + 1) > at &&
  (account.starts_at ?? at) <= at;

/** Whether an account's display name has exactly these words, in any order and apart from a title and a remark in brackets. */
const hasWords = (
  { display_name: name }: Pick<AccountRow, 'display_name'>,
  words: readonly string[],
): boolean =>
  words.join(' ') ===
    foldedWords(name)
      .map(({ word }) => word)
      .toSorted()
      .join(' ') || words.join(' ') === bareWordsOf(name).join(' ');

/** The accounts with the words of a name, or else with those that are left of it without a title and a remark. */
async function withName(db: Kysely<Tables>, { words, bareWords }: ManagerName): Promise<AccountRow[]> {
  for (const wanted of [words, bareWords]) {
    if (wanted.length === 0) continue;
    const found = await findByWords(db, wanted, maxNamesakes);
    const named = found.filter((account) => hasWords(account, wanted));
    if (named.length > 0) return named;
  }
  return [];
}

/** The one account that is meant: of several with the name, the one in the directory that names it. */
function onlyOf(accounts: readonly AccountRow[], directoryId: string | null): AccountRow | undefined {
  const near = accounts.filter((account) => account.directory_id === directoryId);
  const [only, another] = near.length > 0 ? near : accounts;
  return another === undefined ? only : undefined;
}

/**
 * Finds the account that a directory's manager field names: by a distinguished name, a user name, an email address, an employee number or a full display
 * name in either order. Null unless exactly one account of that directory matches, or of all directories if that one has none, and it is neither disabled, expired or not started at `at` (milliseconds) nor frozen: a namesake must not vouch for
 * a caller or receive a mail about one, and strangers may read the mail of an account that its owner froze.
 */
export async function findManager(
  {
    manager: named,
    directory_id: directoryId,
  }: { readonly manager: string } & Pick<AccountRow, 'directory_id'>,
  db: Kysely<Tables>,
  at: number,
): Promise<AccountRow | null> {
  const account = (await resolveManagers(db, [named], directoryId)).get(named);
  return account !== undefined && isActive(account, at) ? account : null;
}

/** {@link findManager} for the manager of an account, which an import has stored if possible. */
export async function findManagerOf(
  {
    manager,
    manager_id: id,
    manager_noted: text,
    directory_id,
  }: Pick<AccountRow, 'manager' | 'manager_id' | 'manager_noted' | 'directory_id'>,
  db: Kysely<Tables>,
  at: number,
): Promise<AccountRow | null> {
  // The stored manager belongs to another text: the manager has changed since.
  if (id === null || manager === null || manager !== text)
    return findManager({ manager: manager ?? '', directory_id }, db, at);
  const account = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return account !== undefined && isActive(account, at) ? account : null;
}

/**
 * The accounts that texts of a directory name as managers. Texts that name none or several are missing from the answer. Takes one statement for each name without a
 * key.
 */
export async function resolveManagers(
  db: Kysely<Tables>,
  texts: readonly string[],
  directoryId: string | null,
): Promise<ReadonlyMap<string, AccountRow>> {
  const names = texts.flatMap((text) => {
    const name = readManagerName(text);
    return name === null ? [] : [{ text, name }];
  });
  const byKey = await accountsByKey(
    db,
    names.flatMap(({ name }) => name.keys),
  );
  const byNumber = await accountsByNumber(
    db,
    names.flatMap(({ name }) => numbersIn(name)),
  );
  const found = new Map<string, AccountRow>();
  for (const { text, name } of names) {
    let accounts: readonly AccountRow[] = [];
    for (const key of name.keys) {
      for (const column of keyColumns) {
        if (accounts.length === 0) accounts = byKey.get(`${column} ${key}`) ?? [];
      }
    }
    for (const number of numbersIn(name)) if (accounts.length === 0) accounts = byNumber.get(number) ?? [];
    if (accounts.length === 0) accounts = await withName(db, name);
    const only = onlyOf(accounts, directoryId);
    if (only !== undefined) found.set(text, only);
  }
  return found;
}

/** What may be an employee number among the keys of a name, as {@link looseNumber}. */
export const numbersIn = ({ keys }: ManagerName): string[] => keys.flatMap((key) => looseNumber(key) ?? []);

const add = (found: Map<string, AccountRow[]>, key: string, row: AccountRow): void => {
  const known = found.get(key);
  if (known === undefined) found.set(key, [row]);
  else known.push(row);
};

/** The accounts with these employee numbers, written with other signs or leading zeros. */
async function accountsByNumber(
  db: Kysely<Tables>,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, readonly AccountRow[]>> {
  const found = new Map<string, AccountRow[]>();
  for (let at = 0; at < numbers.length; at += pageSize) {
    const page = numbers.slice(at, at + pageSize);
    const whole = valueList(db, page.flatMap(numbersLike));
    const { rows } = await sql<AccountRow>`
      select * from accounts where employee_number_key in ${whole}
      union
      select * from accounts where ${sql.raw(hasSeparators)} and ${sql.raw(bareEmployeeNumber)} in ${valueList(db, page)}`.execute(
      db,
    );
    for (const row of rows) add(found, looseNumber(row.employee_number_key ?? '') ?? '', row);
  }
  return found;
}

/** The accounts with these user names, addresses and employee numbers, by column and key. */
async function accountsByKey(
  db: Kysely<Tables>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly AccountRow[]>> {
  const found = new Map<string, AccountRow[]>();
  for (let at = 0; at < keys.length; at += pageSize) {
    const list = valueList(db, keys.slice(at, at + pageSize));
    for (const column of keyColumns) {
      const { rows } = await sql<AccountRow>`
        select * from accounts where ${sql.ref(column)} in ${list}`.execute(db);
      for (const row of rows) add(found, `${column} ${row[column] ?? ''}`, row);
    }
  }
  return found;
}
