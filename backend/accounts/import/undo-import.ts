import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import { contactParts, type ContactChange } from '../../directories/contact-texts.ts';
import type { Origin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import { indexedWords } from '../../text/name-words.ts';
import { closeAndRename, type EndAccess } from '../identity/close-account.ts';
import { indexWords } from '../../store/words-index.ts';
import { contactFacts, detailFacts } from './account-changes.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import { importedColumns, type ImportedRow } from './batch-rows.ts';
import type { StagedRow } from './staged-row.ts';

const batchSize = 500;
/** Lines are 32-bit integers in the database; those of missing accounts are negative. */
const beforeAllLines = -(2 ** 31);

type Changed = Readonly<Record<string, readonly [unknown, unknown]>>;

interface Undone {
  readonly restored: number;
  readonly kept: readonly number[];
}

interface UndoCollaborators {
  readonly store: Store;
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  readonly now: () => number;
}

/** Whether a new account was not used or changed since the import made it. */
async function isUntouched(tx: Transaction, account: AccountRow, row: StagedRow): Promise<boolean> {
  const compared = ['user_name', 'display_name', 'email', 'phone', 'tier', 'disabled', 'manager'] as const;
  if (account.frozen_at !== null || compared.some((column) => account[column] !== row[column])) return false;
  const { rows } = await sql<{ used: number }>`
    select 1 as used where exists (select 1 from account_credentials where account_id = ${account.id})
      or exists (select 1 from cases where account_id = ${account.id})`.execute(tx);
  return rows.length === 0;
}

/** Puts back what an import changed, as long as it has not been changed since; answers how many accounts were restored and which lines were left alone. */
export function createUndoImport({ store, contactsChanged, endAccess, now }: UndoCollaborators) {
  async function restore(
    tx: Transaction,
    record: RecordEvent,
    importId: string,
    account: AccountRow,
    changed: Changed,
  ): Promise<ContactChange | null> {
    const entries = Object.entries(changed);
    const values = Object.fromEntries(entries.map(([column, [before]]) => [column, before]));
    const former = { ...account, ...values } as AccountRow;
    await tx
      .updateTable('accounts')
      // The noted manager is found again by the text.
      .set({ ...values, ...('manager' in changed && { manager_id: null }), updated_at: now() })
      .where('id', '=', account.id)
      .execute();
    if (account.display_name !== former.display_name || account.user_name !== former.user_name)
      await indexWords(tx, [
        {
          id: account.id,
          words: indexedWords(former.display_name, former.user_name),
          before: indexedWords(account.display_name, account.user_name),
        },
      ]);
    const after = Object.fromEntries(
      importedColumns.map((column) => [column, former[column]]),
    ) as ImportedRow;
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

  async function undoBatch(tx: Transaction, record: RecordEvent, importId: string, after: number) {
    const rows = await tx
      .selectFrom('import_rows')
      .select(['line', 'kind', 'account_id', 'data', 'before'])
      .where('import_id', '=', importId)
      .where('line', '>', after)
      .where('kind', 'in', ['new', 'changed', 'closed'])
      .orderBy('line')
      .limit(batchSize)
      .execute();
    const accounts = await batchRowsOf(tx).byId(rows.map(({ account_id: id }) => id ?? ''));
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const contacts: ContactChange[] = [];
    let restored = 0;
    const kept: number[] = [];
    for (const { line, kind, account_id: id, data, before } of rows) {
      const account = byId.get(id ?? '');
      // Not applied: the import was cancelled before it came here.
      if (account === undefined || (kind !== 'new' && before === null)) continue;
      if (kind === 'new') {
        if (await isUntouched(tx, account, JSON.parse(data ?? '{}') as StagedRow)) {
          await closeAndRename(tx, record, endAccess, {
            account,
            at: now(),
            facts: { importId, why: 'undone' },
          });
          restored += 1;
        } else kept.push(line);
        continue;
      }
      const changed = JSON.parse(before ?? '{}') as Changed;
      const isSince = Object.entries(changed).some(
        ([column, [, value]]) => account[column as keyof AccountRow] !== value,
      );
      if (isSince) {
        kept.push(line);
        continue;
      }
      const contact = await restore(tx, record, importId, account, changed);
      if (contact !== null) contacts.push(contact);
      restored += 1;
    }
    await contactsChanged(tx, contacts);
    if (kept.length > 0)
      await tx
        .updateTable('import_rows')
        .set({ kind: 'kept' })
        .where('import_id', '=', importId)
        .where('line', 'in', kept)
        .execute();
    return { restored, kept, last: rows.at(-1)?.line ?? null, isLast: rows.length < batchSize };
  }

  return async (importId: string, origin: Origin): Promise<Undone> => {
    let restored = 0;
    const kept: number[] = [];
    for (let last = beforeAllLines; ;) {
      const done = await store.change(origin, async (tx, record) => {
        const batch = await undoBatch(tx, record, importId, last);
        await tx
          .updateTable('imports')
          .set((eb) => ({
            restored: eb('restored', '+', batch.restored),
            kept: eb('kept', '+', batch.kept.length),
          }))
          .where('id', '=', importId)
          .execute();
        await record({
          action: 'account.changed',
          facts: { importId, undo: true, restored: batch.restored, kept: batch.kept.length },
        });
        return batch;
      });
      restored += done.restored;
      kept.push(...done.kept);
      await setImmediate();
      if (done.isLast || done.last === null) return { restored, kept };
      ({ last } = { last: done.last });
    }
  };
}
