import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { readDirectoryNames } from '../../directories/directory-names.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { valueList } from '../../store/value-list.ts';

type Sharing = Pick<
  AccountRow,
  'id' | 'user_name' | 'directory' | 'directory_id' | 'email_key' | 'employee_number_key'
>;
const keyColumns = ['employee_number_key', 'email_key'] as const;

interface Pair {
  readonly account: Sharing;
  readonly other: Sharing;
  readonly why: 'email' | 'employee-number' | 'both';
}

/** The open accounts that share an address or an employee number with one of these. */
async function readSharing(tx: Transaction, accounts: readonly Sharing[]): Promise<readonly Sharing[]> {
  const parts = keyColumns.flatMap((column) => {
    const keys = [...new Set(accounts.flatMap((account) => account[column] ?? []))];
    return keys.length === 0
      ? []
      : [sql`select row_id from accounts where ${sql.ref(column)} in ${valueList(tx, keys)}`];
  });
  if (parts.length === 0) return [];
  const { rows } = await sql<Sharing>`
    select id, user_name, directory, directory_id, email_key, employee_number_key from accounts
    where row_id in (${sql.join(parts, sql` union `)}) and closed_at is null`.execute(tx);
  return rows;
}

/** The accounts of other directories that alone have a value there which the account alone has in its own, by the column. */
function holdersOf(
  account: Sharing,
  column: (typeof keyColumns)[number],
  all: readonly Sharing[],
): Sharing[] {
  const key = account[column];
  if (key === null) return [];
  const holders = all.filter((one) => one[column] === key);
  // A shared mailbox, or several accounts of one person in a directory, tell nothing about a single account.
  const isAlone = (one: Sharing) =>
    holders.filter(({ directory_id: directory }) => directory === one.directory_id).length === 1;
  return isAlone(account)
    ? holders.filter((one) => one.directory_id !== account.directory_id && isAlone(one))
    : [];
}

const numbersDiffer = (one: Sharing, other: Sharing): boolean =>
  one.employee_number_key !== null &&
  other.employee_number_key !== null &&
  one.employee_number_key !== other.employee_number_key;

/** The accounts that an account can be linked with, at most one in each directory: an employee number comes before an address, and contradicts it. */
export function pairsOf(account: Sharing, all: readonly Sharing[]): Pair[] {
  const byNumber = holdersOf(account, 'employee_number_key', all);
  const byEmail = holdersOf(account, 'email_key', all).filter((other) => !numbersDiffer(account, other));
  const isIn = (list: readonly Sharing[], other: Sharing) => list.some(({ id }) => id === other.id);
  const pairs = byNumber.map((other): Pair => ({
    account,
    other,
    why: isIn(byEmail, other) ? 'both' : 'employee-number',
  }));
  const has = ({ directory_id: directory }: Sharing) =>
    byNumber.some(({ directory_id: known }) => known === directory);
  return [
    ...pairs,
    ...byEmail.filter((other) => !has(other)).map((other): Pair => ({ account, other, why: 'email' })),
  ];
}

/** What is known about links: the pairs, unlinked ones as well, and the directories in which an account has a linked account already. */
async function readKnown(tx: Transaction, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('account_links')
    .innerJoin('accounts as one', 'one.id', 'account_links.account_id')
    .innerJoin('accounts as other', 'other.id', 'account_links.other_id')
    .select(['account_links.account_id', 'account_links.other_id', 'account_links.unlinked_at'])
    .select(['one.directory_id as directory', 'other.directory_id as other_directory'])
    .select(['one.closed_at as closed', 'other.closed_at as other_closed'])
    .where((where) =>
      where.or([where('account_links.account_id', 'in', ids), where('account_links.other_id', 'in', ids)]),
    )
    .execute();
  const linked = rows.filter((row) => row.unlinked_at === null);
  return {
    pairs: new Set(rows.map((row) => `${row.account_id} ${row.other_id}`)),
    directories: new Set(
      linked.flatMap((row) => [
        ...(row.other_closed === null ? [`${row.account_id} ${row.other_directory}`] : []),
        ...(row.closed === null ? [`${row.other_id} ${row.directory}`] : []),
      ]),
    ),
  };
}

/**
 * Links accounts that were written with accounts of other directories that have the same employee number or address. A pair that an administrator
 * unlinked is not linked again. A link merges nothing: it counts both as one person where that protects, and offers the other account in a case.
 */
export async function linkAccounts(
  tx: Transaction,
  record: RecordEvent,
  accountIds: readonly string[],
  at: number,
): Promise<void> {
  if (accountIds.length === 0) return;
  const names = await readDirectoryNames(tx);
  if (names.size === 0) return;
  const { rows: written } = await sql<Sharing>`
    select id, user_name, directory, directory_id, email_key, employee_number_key from accounts
    where id in ${valueList(tx, accountIds)} and closed_at is null`.execute(tx);
  const sharing = await readSharing(tx, written);
  const pairs = written.flatMap((account) => pairsOf(account, sharing));
  if (pairs.length === 0) return;
  const known = await readKnown(tx, [
    ...new Set(pairs.flatMap(({ account, other }) => [account.id, other.id])),
  ]);
  const nameOf = ({ directory, directory_id: id }: Sharing) => names.get(id ?? '') ?? directory;
  for (const { account, other, why } of pairs) {
    const [first, second] = account.id < other.id ? [account, other] : [other, account];
    const sides = [`${first.id} ${second.directory_id}`, `${second.id} ${first.directory_id}`];
    if (known.pairs.has(`${first.id} ${second.id}`) || sides.some((side) => known.directories.has(side)))
      continue;
    known.pairs.add(`${first.id} ${second.id}`);
    for (const side of sides) known.directories.add(side);
    const id = randomUUID();
    await tx
      .insertInto('account_links')
      .values({
        id,
        account_id: first.id,
        other_id: second.id,
        why,
        linked_at: at,
        unlinked_at: null,
        unlinked_by: null,
        unlink_reason: null,
      })
      .execute();
    for (const [one, another] of [
      [first, second],
      [second, first],
    ] as const)
      await record({
        action: 'account.linked',
        accountId: one.id,
        facts: { link: id, with: another.user_name, directory: nameOf(another), why },
      });
  }
}
