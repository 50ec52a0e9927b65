import type { AccountRow } from '../../directories/directory.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { identityKey } from '../../text/fold.ts';
import { accountWords } from '../../store/account-words.ts';
import { limits } from '../../../shared/api/limits.ts';
import { indexWords } from '../../store/words-index.ts';

/** Ends everything that gives access to an account: sessions, links, grants, temporary passwords, held changes. */
export type EndAccess = (tx: Transaction, record: RecordEvent, accountId: string) => Promise<void>;

/** The column values of a closed account. */
export const closedColumns = (at: number) => ({ disabled: 1 as const, closed_at: at, updated_at: at });

/** Closes the account of a person who left. Its user name stays reserved, so that the person can get it back. */
export async function closeAccount(
  tx: Transaction,
  record: RecordEvent,
  endAccess: EndAccess,
  {
    account,
    at,
    facts,
  }: { account: Pick<AccountRow, 'id'>; at: number; facts: Readonly<Record<string, string>> },
): Promise<void> {
  await tx.updateTable('accounts').set(closedColumns(at)).where('id', '=', account.id).execute();
  await endAccess(tx, record, account.id);
  await record({ action: 'account.closed', accountId: account.id, facts });
}

/** Finds a free user name: `rsmith~closed-20261129`, with a number if that is taken. */
async function freeName(tx: Transaction, userName: string, at: number): Promise<string> {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  for (let number = 1; ; number += 1) {
    const end = `~closed-${day}${number === 1 ? '' : `-${number}`}`;
    const name = `${userName.slice(0, limits.userName - end.length)}${end}`;
    const taken = await tx
      .selectFrom('accounts')
      .select('id')
      .where('user_name_key', '=', identityKey(name))
      .executeTakeFirst();
    if (taken === undefined) return name;
  }
}

/**
 * Closes an account and frees its user name for another person. The address and the number stop identifying the account, so that no later message to
 * them concerns it; the employee number still identifies it.
 */
export async function closeAndRename(
  tx: Transaction,
  record: RecordEvent,
  endAccess: EndAccess,
  { account, at, facts }: { account: AccountRow; at: number; facts: Readonly<Record<string, string>> },
): Promise<string> {
  const name = await freeName(tx, account.user_name, at);
  await closeAccount(tx, record, endAccess, {
    account,
    at,
    facts: { ...facts, userNameFrom: account.user_name, userNameTo: name },
  });
  await tx
    .updateTable('accounts')
    .set({
      user_name: name,
      user_name_key: identityKey(name),
      user_name_changed_at: at,
      email_key: null,
      phone_digits: null,
      phone_reversed: null,
      source_id: null,
      source_id_key: null,
    })
    .where('id', '=', account.id)
    .execute();
  await tx.deleteFrom('account_source_ids').where('account_id', '=', account.id).execute();
  const words = accountWords({ ...account, user_name: name });
  await indexWords(tx, [{ id: account.id, words, before: accountWords(account) }]);
  return name;
}
