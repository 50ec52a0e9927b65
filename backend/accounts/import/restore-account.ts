import { sql } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import { contactParts, type ContactChange } from '../../directories/contact-texts.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { accountWords, hasOtherWords } from '../../store/account-words.ts';
import { indexWords } from '../../store/words-index.ts';
import { contactFacts, detailFacts, undoStamps } from './account-changes.ts';
import { importedColumns, type ImportedRow } from './batch-rows.ts';
import type { StagedRow } from './staged-row.ts';

/** The columns that an import changed, each with its values before and after. */
export type ChangedColumns = Readonly<Record<string, readonly [unknown, unknown]>>;

/** Whether a new account was not used or changed since the import made it. */
export async function isUntouched(tx: Transaction, account: AccountRow, row: StagedRow): Promise<boolean> {
  const compared = ['user_name', 'display_name', 'email', 'phone', 'tier', 'disabled', 'manager'] as const;
  if (account.frozen_at !== null || compared.some((column) => account[column] !== row[column])) return false;
  const { rows } = await sql<{ used: number }>`
    select 1 as used where exists (select 1 from account_credentials where account_id = ${account.id})
      or exists (select 1 from cases where account_id = ${account.id})`.execute(tx);
  return rows.length === 0;
}

/** Whether another account has got the former user name since, apart from those that give theirs up. */
export async function isNameTaken(
  tx: Transaction,
  { id, directory_id: directoryId }: AccountRow,
  { user_name_key: former }: ChangedColumns,
  moving: readonly string[] = [],
): Promise<boolean> {
  if (former === undefined) return false;
  const taken = await tx
    .selectFrom('accounts')
    .select('id')
    .where('user_name_key', '=', String(former[0]))
    .where('directory_id', directoryId === null ? 'is' : '=', directoryId)
    .where('id', 'not in', [id, ...moving])
    .executeTakeFirst();
  return taken !== undefined;
}

/** Columns with the time since when a value is on file. Cool-downs depend on them. */
const stampColumns = [
  'email_changed_at',
  'phone_changed_at',
  'user_name_changed_at',
  'manager_changed_at',
  'tier_changed_at',
  'enabled_at',
] as const;

/**
 * The former values with their dates. A value that had not been on file for the time of a cool-down when it was replaced counts as new again.
 * Otherwise two imports and a late undo would restore an address or a manager whose cool-down passed while it was not on file.
 */
function formerValues(
  changed: ChangedColumns,
  { at, coolDown }: { readonly at: number; readonly coolDown: number },
): Readonly<Record<string, unknown>> {
  const values = Object.entries(changed).map(([column, [before, after]]) => {
    const isStamp = (stampColumns as readonly string[]).includes(column);
    const wasNew =
      typeof before === 'number' && typeof after === 'number' && after - before < coolDown * 1000;
    return [column, isStamp && wasNew ? at : before] as const;
  });
  return Object.fromEntries(values);
}

/** Restores the former values of an account. Returns what its owner must be told about contact data. `at` in milliseconds, `coolDown` in seconds. */
export async function restoreAccount(
  tx: Transaction,
  record: RecordEvent,
  {
    importId,
    account,
    changed,
    at,
    coolDown,
  }: {
    readonly importId: string;
    readonly account: AccountRow;
    readonly changed: ChangedColumns;
    readonly at: number;
    readonly coolDown: number;
  },
): Promise<ContactChange | null> {
  const values = formerValues(changed, { at, coolDown });
  const former = { ...account, ...values } as AccountRow;
  const after = Object.fromEntries(importedColumns.map((column) => [column, former[column]])) as ImportedRow;
  await tx
    .updateTable('accounts')
    // The manager's account is looked up again by the text.
    .set({
      ...values,
      ...undoStamps(account, after, at),
      ...('manager' in changed && { manager_id: null }),
      updated_at: at,
    })
    .where('id', '=', account.id)
    .execute();
  if (hasOtherWords(account, former))
    await indexWords(tx, [{ id: account.id, words: accountWords(former), before: accountWords(account) }]);
  const details = detailFacts(account, after);
  const contact = { email: 'email_key' in changed, phone: 'phone_changed_at' in changed };
  const contactEvent = contactFacts(account, former, contact);
  await record({
    action: contactEvent === null ? 'account.details-changed' : 'account.contact-changed',
    accountId: account.id,
    facts: { ...details, ...contactEvent, importId, undo: true },
  });
  if (contactEvent === null) return null;
  const parts = [
    ...(contact.email ? [contactParts.email] : []),
    ...(contact.phone ? [contactParts.phone] : []),
  ];
  return { accountId: account.id, what: parts.join(' and '), former: account.email };
}
