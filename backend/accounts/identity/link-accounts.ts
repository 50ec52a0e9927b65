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

const columns = ['id', 'user_name', 'directory', 'directory_id', 'email_key', 'employee_number_key'] as const;

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

/** Each account of a pair with the directory of the other. */
const sidesOf = ({ account, other }: Pair) => [
  `${account.id} ${other.directory_id}`,
  `${other.id} ${account.directory_id}`,
];

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

/** Records a link, or its renewal with the administrator's reason, for both accounts. */
async function recordLink(
  tx: Transaction,
  record: RecordEvent,
  { account, other, why }: Pair,
  { link, reason }: { readonly link: string; readonly reason?: string },
): Promise<void> {
  const names = await readDirectoryNames(tx);
  for (const [one, another] of [
    [account, other],
    [other, account],
  ] as const) {
    const directory = names.get(another.directory_id ?? '') ?? another.directory;
    const facts = { link, with: another.user_name, directory, why, ...(reason !== undefined && { reason }) };
    await record({ action: 'account.linked', accountId: one.id, facts });
  }
}

/**
 * Links two accounts again that an administrator has unlinked, by the same rules. Returns whether they allow it. The link is as young as a new one, so
 * that evidence of one account counts for the other only after the cool-down.
 */
export async function linkAgain(
  tx: Transaction,
  record: RecordEvent,
  link: { readonly id: string; readonly account_id: string; readonly other_id: string },
  { reason, at }: { readonly reason: string; readonly at: number },
): Promise<boolean> {
  const ids = [link.account_id, link.other_id];
  const open = tx
    .selectFrom('accounts')
    .select(columns)
    .where('id', 'in', ids)
    .where('closed_at', 'is', null);
  const accounts = await open.execute();
  const account = accounts.find(({ id }) => id === link.account_id);
  if (account === undefined) return false;
  const pair = pairsOf(account, await readSharing(tx, accounts)).find(
    ({ other }) => other.id === link.other_id,
  );
  if (pair === undefined) return false;
  const { directories } = await readKnown(tx, ids);
  if (sidesOf(pair).some((side) => directories.has(side))) return false;
  await tx
    .updateTable('account_links')
    .set({ why: pair.why, linked_at: at, unlinked_at: null, unlinked_by: null, unlink_reason: null })
    .where('id', '=', link.id)
    .execute();
  await recordLink(tx, record, pair, { link: link.id, reason });
  return true;
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
  for (const pair of pairs) {
    const { account, other, why } = pair;
    const [first, second] = account.id < other.id ? [account, other] : [other, account];
    const sides = sidesOf(pair);
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
    await recordLink(tx, record, { account: first, other: second, why }, { link: id });
  }
}
