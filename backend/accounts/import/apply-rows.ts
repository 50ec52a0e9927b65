import { randomUUID } from 'node:crypto';
import type { ImportField } from '../../../shared/api/import-file.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { contactParts, type ContactChange } from '../../directories/contact-texts.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { accountWords, hasOtherWords } from '../../store/account-words.ts';
import { indexWords, type AccountWords } from '../../store/words-index.ts';
import { changeStamps, contactFacts, detailFacts } from './account-changes.ts';
import type { RowPlan } from './analyse-rows.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import { importedColumns, type ImportedRow } from './batch-rows.ts';
import { freeUserNames } from './exchanged-names.ts';
import { heldKeyOf } from './open-holds.ts';
import { createdRow, mergeRow, type MergeRules } from './merge-row.ts';
import { linkAccounts } from '../identity/link-accounts.ts';
import { addSourceId } from '../identity/source-ids.ts';
import type { StagedRow } from './staged-row.ts';

/** An import whose rows are applied. */
export interface Applying {
  readonly importId: string;
  readonly source: string;
  readonly has: ReadonlySet<ImportField>;
  readonly rules: MergeRules;
  /** User names move between the accounts of these rows. */
  readonly isExchange?: boolean;
}

interface StampedAccount {
  readonly id: string;
  readonly stamps: ReturnType<typeof changeStamps>;
}

/** Uses one statement for all accounts with the same stamps, because a reorganisation gives thousands of accounts a new manager. */
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

/** The columns that the import changed, with their values before and after, for an undo. */
const changedColumns = (before: AccountRow, after: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(after)
        .filter(([column, value]) => column !== 'manager_id' && before[column as keyof AccountRow] !== value)
        .map(([column, value]) => [column, [before[column as keyof AccountRow], value]]),
    ),
  );

/** Writes the effect of rows in the caller's transaction. Returns whose owners must be told of changed contact data. */
export async function applyRows(
  tx: Transaction,
  record: RecordEvent,
  plans: readonly RowPlan[],
  { importId, source, has, rules, isExchange = false }: Applying,
): Promise<readonly ContactChange[]> {
  const { now } = rules;
  const batch = batchRowsOf(tx);
  const known = plans.filter(({ kind }) => kind === 'changed');
  const accounts = known.length === 0 ? [] : await batch.byId(known.map(({ accountId }) => accountId ?? ''));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const [created, changed]: [ImportedRow[], ImportedRow[]] = [[], []];
  const stamped: StampedAccount[] = [];
  const words: AccountWords[] = [];
  const contacts: ContactChange[] = [];
  const kept: { line: number; before: string }[] = [];
  const added: { accountId: string; sourceId: string; key: string }[] = [];
  for (const plan of plans) {
    const { row, kind, accountId } = plan;
    if (kind === 'new') {
      const fresh = createdRow(row, accountId ?? '', rules);
      created.push(fresh);
      const indexed = { ...fresh, directory_id: rules.home.directory_id };
      words.push({ id: fresh.id, words: accountWords(indexed), before: null });
    }
    if (kind === 'held') await holdRow(tx, plan, { importId, source, has, at: now });
    const before = kind === 'changed' ? byId.get(accountId ?? '') : undefined;
    if (before === undefined) continue;
    const { after, contact, isKnown, isNameKnown } = mergeRow(row, before, plan, rules);
    const stamps = changeStamps(before, after, now, isNameKnown);
    kept.push({ line: row.line, before: changedColumns(before, { ...after, ...stamps }) });
    if (importedColumns.some((column) => before[column] !== after[column])) changed.push(after);
    if (Object.keys(stamps).length > 0) stamped.push({ id: before.id, stamps });
    const indexed = { ...after, directory_id: before.directory_id };
    if (hasOtherWords(before, indexed))
      words.push({ id: before.id, words: accountWords(indexed), before: accountWords(before) });
    if (plan.addsId && before.source_id_key !== null && row.source_id !== null && row.source_id_key !== null)
      added.push({ accountId: before.id, sourceId: row.source_id, key: row.source_id_key });
    const contactEvent = contactFacts(before, after, contact);
    if (contactEvent) {
      const parts = [
        ...(contact.email ? [contactParts.email] : []),
        ...(contact.phone ? [contactParts.phone] : []),
      ];
      if (!isKnown) contacts.push({ accountId: before.id, what: parts.join(' and '), former: before.email });
      await record({
        action: 'account.contact-changed',
        accountId: before.id,
        facts: { ...contactEvent, importId, ...(isKnown && { announced: true }) },
      });
    }
    const details = detailFacts(before, after);
    if (details || plan.addsId)
      await record({
        action: 'account.details-changed',
        accountId: before.id,
        facts: { ...details, importId, ...(plan.addsId && { sourceIdTo: row.source_id }) },
      });
  }
  if (created.length > 0) await batch.insert(created, rules.home, now);
  const renamed = changed.filter((after) => byId.get(after.id)?.user_name_key !== after.user_name_key);
  if (isExchange && renamed.length > 0)
    await freeUserNames(
      tx,
      renamed.map(({ id }) => id),
    );
  if (changed.length > 0) await batch.update(changed, now);
  await stampChanges(tx, stamped);
  for (const { accountId, sourceId, key } of added)
    await addSourceId(tx, { accountId, source, sourceId, key, at: now });
  await indexWords(tx, words);
  if (kept.length > 0) await batch.keepBefore(importId, kept);
  await linkAccounts(
    tx,
    record,
    [...created, ...changed].map(({ id }) => id),
    now,
  );
  return contacts;
}

/** A held row as it is stored, but for the line, which tells nothing about the person. */
const withoutLine = (data: string): string => JSON.stringify({ ...(JSON.parse(data) as StagedRow), line: 0 });

/** Adds a row to the list of held rows, replacing the same row of an earlier file. One that an entry of a directory or of a client repeats stays as it is. */
async function holdRow(
  tx: Transaction,
  { row, hold }: RowPlan,
  by: { importId: string; source: string; has: ReadonlySet<ImportField>; at: number },
): Promise<void> {
  const reason = hold?.reason ?? 'rows-contradict';
  const key = heldKeyOf(row, by.source, reason);
  const data = JSON.stringify(row);
  const accountId = hold?.accountId ?? null;
  const matchId = hold?.matchId ?? null;
  const open = tx.selectFrom('held_rows').selectAll().where('row_key', '=', key).where('state', '=', 'open');
  const known = await open.executeTakeFirst();
  if (
    known?.import_id === by.importId &&
    known.account_id === accountId &&
    known.match_id === matchId &&
    known.reason === reason &&
    withoutLine(known.data) === withoutLine(data)
  )
    return;
  await tx.deleteFrom('held_rows').where('row_key', '=', key).where('state', '=', 'open').execute();
  await tx
    .insertInto('held_rows')
    .values({
      id: randomUUID(),
      import_id: by.importId,
      source: by.source,
      line: row.line,
      reason,
      data,
      source_id: row.source_id,
      source_id_key: row.source_id_key,
      has: JSON.stringify([...by.has]),
      account_id: accountId,
      match_id: matchId,
      row_key: key,
      state: 'open',
      held_at: by.at,
      decided_at: null,
      decided_by: null,
      decision_reason: null,
    })
    .execute();
}
