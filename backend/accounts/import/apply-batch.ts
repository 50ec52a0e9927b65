import type { ImportField, ImportRefusal } from '../../../shared/api/import.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { contactParts, type ContactChange } from '../../directories/contact-texts.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import { dialectOf } from '../../store/dialect.ts';
import { newAccountId } from '../account-id.ts';
import { indexedWords } from '../../text/name-words.ts';
import { indexWords, type AccountWords } from '../../store/words-index.ts';
import { changeStamps, contactFacts, detailFacts } from './account-changes.ts';
import { importedColumns, type ImportedRow } from './batch-rows.ts';
import { postgresqlBatchRows } from './batch-rows-postgresql.ts';
import { sqliteBatchRows } from './batch-rows-sqlite.ts';
import type { ReadAccount } from './read-account.ts';

export interface BatchOutcome {
  created: number;
  changed: number;
  unchanged: number;
  refusals: ImportRefusal[];
  /** Accounts with a changed address or number, whose owners are notified at the former one as well. */
  contacts: ContactChange[];
}

/** The columns that each field of the file sets. */
const columnsOf = {
  userName: ['user_name', 'user_name_key'],
  displayName: ['display_name'],
  email: ['email', 'email_key'],
  phone: ['phone', 'phone_digits', 'phone_reversed'],
  employeeNumber: ['employee_number', 'employee_number_key'],
  department: ['department'],
  manager: ['manager'],
  tier: ['tier'],
  expiresAt: ['expires_at'],
} as const;

/** Merges a row into an account. Fields without a column in the file stay unchanged; credentials are not touched. */
function merge(
  row: ReadAccount,
  before: AccountRow | undefined,
  has: ReadonlySet<ImportField>,
  now: number,
): ImportedRow {
  const after: Record<string, unknown> = {};
  const isUnread = (field: ImportField): boolean => row.unread?.includes(field) ?? false;
  for (const column of importedColumns) after[column] = before?.[column] ?? null;
  if (!before) {
    const {
      words: _words,
      locked: _locked,
      line: _line,
      warnings: _warnings,
      unread: _unread,
      ...fresh
    } = row;
    Object.assign(after, fresh, { id: row.id ?? newAccountId(now), failed_sign_ins: 0 });
  } else {
    for (const [field, columns] of Object.entries(columnsOf)) {
      const named = field === 'displayName' && (has.has('givenName') || has.has('familyName'));
      if ((!has.has(field as ImportField) && !named) || isUnread(field as ImportField)) continue;
      for (const column of columns) after[column] = row[column];
    }
    if (has.has('localPassword') || (has.has('status') && !isUnread('status')))
      after['local_password'] = row.local_password;
    if (has.has('status') && !isUnread('status')) {
      after['disabled'] = row.disabled;
      if (row.expires_at !== null && (before.expires_at === null || before.expires_at > now))
        after['expires_at'] = row.expires_at;
    }
    if (before.email !== after['email']) after['email_changed_at'] = now;
    if (before.phone_digits !== after['phone_digits']) after['phone_changed_at'] = now;
  }
  if (row.locked === 1 && after['locked_since'] === null) {
    Object.assign(after, { locked_since: now, failed_sign_ins: 0 });
  }
  return after as ImportedRow;
}

interface StampedAccount {
  readonly id: string;
  readonly stamps: ReturnType<typeof changeStamps>;
}

/** One statement for all accounts with the same stamps: a reorganisation gives thousands a new manager. */
async function stampChanges(tx: Transaction, stamped: readonly StampedAccount[]): Promise<void> {
  const groups = new Map<string, StampedAccount[]>();
  for (const account of stamped) {
    const key = JSON.stringify(account.stamps);
    const group = groups.get(key);
    if (group) group.push(account);
    else groups.set(key, [account]);
  }
  for (const group of groups.values()) {
    const ids = group.map(({ id }) => id);
    for (const { stamps } of group.slice(0, 1))
      await tx.updateTable('accounts').set(stamps).where('id', 'in', ids).execute();
  }
}

/** Creates or updates the accounts of a batch of rows, in the caller's transaction. */
export async function applyBatch(
  tx: Transaction,
  record: RecordEvent,
  rows: readonly ReadAccount[],
  has: ReadonlySet<ImportField>,
  importId: string,
  now: number,
): Promise<BatchOutcome> {
  const batch = dialectOf(tx) === 'sqlite' ? sqliteBatchRows(tx) : postgresqlBatchRows(tx);
  const keys = rows.map((row) => row.user_name_key);
  const ids = rows.flatMap((row) => row.id ?? []);
  const found = await batch.existing(keys, ids);
  const byId = new Map(found.map((account) => [account.id, account]));
  const byKey = new Map(found.map((account) => [account.user_name_key, account]));
  const seen = new Set(found.flatMap((a) => (a.seen_in_import === importId ? [a.id, a.user_name_key] : [])));
  const outcome: BatchOutcome = { created: 0, changed: 0, unchanged: 0, refusals: [], contacts: [] };
  const [created, changed]: [ImportedRow[], ImportedRow[]] = [[], []];
  const touched: string[] = [];
  const stamped: StampedAccount[] = [];
  const words: AccountWords[] = [];
  for (const row of rows) {
    const refuse = (reason: ImportRefusal['reason']) =>
      outcome.refusals.push({ line: row.line, reason, detail: row.user_name });
    const before = (row.id === null ? undefined : byId.get(row.id)) ?? byKey.get(row.user_name_key);
    if (seen.has(row.user_name_key) || seen.has(before?.id ?? row.id ?? '')) {
      refuse('duplicate-in-file');
      continue;
    }
    const owner = byKey.get(row.user_name_key);
    if (owner && owner.id !== before?.id) {
      refuse('user-name-taken');
      continue;
    }
    const after = merge(row, before, has, now);
    seen.add(after.id).add(after.user_name_key);
    if (!before) {
      created.push(after);
      words.push({ id: after.id, words: row.words, before: null });
      continue;
    }
    touched.push(before.id);
    if (!importedColumns.some((column) => before[column] !== after[column])) {
      outcome.unchanged += 1;
      continue;
    }
    changed.push(after);
    if (before.display_name !== after.display_name || before.user_name !== after.user_name) {
      const old = indexedWords(before.display_name, before.user_name);
      words.push({ id: before.id, words: row.words, before: old });
    }
    const contact = contactFacts(before, after);
    if (contact) {
      const parts = [
        ...(contact['email'] === true ? [contactParts.email] : []),
        ...(contact['phone'] === true ? [contactParts.phone] : []),
      ];
      outcome.contacts.push({ accountId: before.id, what: parts.join(' and '), former: before.email });
      await record({
        action: 'account.contact-changed',
        accountId: before.id,
        facts: { ...contact, importId },
      });
    }
    const details = detailFacts(before, after);
    if (details) {
      await record({
        action: 'account.details-changed',
        accountId: before.id,
        facts: { ...details, importId },
      });
      const stamps = changeStamps(before, after, now);
      if (Object.keys(stamps).length > 0) stamped.push({ id: before.id, stamps });
    }
  }
  if (created.length > 0) await batch.insert(created, { now, importId });
  if (changed.length > 0) await batch.update(changed, now);
  await stampChanges(tx, stamped);
  await indexWords(tx, words);
  if (touched.length > 0) await batch.markSeen(touched, importId);
  outcome.created = created.length;
  outcome.changed = changed.length;
  return outcome;
}
