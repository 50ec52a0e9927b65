import { setImmediate } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Origin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { ImportsTable, Tables } from '../../store/tables.ts';
import { closeAndRename, type EndAccess } from '../identity/close-account.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import { freeUserNames } from './exchanged-names.ts';
import { isNameTaken, isUntouched, restoreAccount, type ChangedColumns } from './restore-account.ts';
import { unpackRow } from './staged-row.ts';

const batchSize = 500;
/** Lines are 32-bit integers in the database; those of missing accounts are negative. */
const beforeAllLines = -(2 ** 31);

type ImportToUndo = Pick<Selectable<ImportsTable>, 'id' | 'file_name' | 'analysis'>;

interface UndoCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  readonly now: () => number;
}

type AppliedRow = Pick<Selectable<Tables['import_rows']>, 'line' | 'kind' | 'account_id' | 'data' | 'before'>;

/** A row that changed an account which has not changed since. */
interface Restorable {
  readonly line: number;
  readonly account: AccountRow;
  readonly changed: ChangedColumns;
}

/** Which of the rows, whose user names moved between their accounts, can be restored together: each former name is free, or one of them gives it up. */
async function restorableTogether(tx: Transaction, rows: readonly Restorable[]): Promise<Restorable[]> {
  let left = [...rows];
  for (;;) {
    const moving = left.map(({ account }) => account.id);
    const next: Restorable[] = [];
    for (const row of left) if (!(await isNameTaken(tx, row.account, row.changed, moving))) next.push(row);
    if (next.length === left.length) return next;
    left = next;
  }
}

/** Restores what an import changed, unless it has changed since. */
export function createUndoImport({ store, policy, contactsChanged, endAccess, now }: UndoCollaborators) {
  const appliedRows = (tx: Transaction, importId: string) =>
    tx
      .selectFrom('import_rows')
      .select(['line', 'kind', 'account_id', 'data', 'before'])
      .where('import_id', '=', importId)
      .where('kind', 'in', ['new', 'changed', 'closed'])
      .orderBy('line');

  async function undoRows(
    tx: Transaction,
    record: RecordEvent,
    importId: string,
    { rows, isExchange = false }: { rows: readonly AppliedRow[]; isExchange?: boolean },
  ) {
    const accounts = await batchRowsOf(tx).byId(rows.map(({ account_id: id }) => id ?? ''));
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const { contactCoolDown: coolDown } = (await policy.current(tx)).document;
    const contacts: ContactChange[] = [];
    const unchanged: Restorable[] = [];
    const kept = new Set<number>();
    let restored = 0;
    for (const { line, kind, account_id: id, data, before } of rows) {
      const account = byId.get(id ?? '');
      // Not applied: the import was cancelled before it reached this row.
      if (account === undefined || (kind !== 'new' && before === null)) continue;
      if (kind !== 'new') {
        const changed = JSON.parse(before ?? '{}') as ChangedColumns;
        const isSince = Object.entries(changed).some(
          ([column, [, value]]) => account[column as keyof AccountRow] !== value,
        );
        if (isSince) kept.add(line);
        else unchanged.push({ line, account, changed });
      } else if (await isUntouched(tx, account, unpackRow(data))) {
        const facts = { importId, why: 'undone' };
        await closeAndRename(tx, record, endAccess, { account, at: now(), facts });
        restored += 1;
      } else kept.add(line);
    }
    const together = isExchange ? await restorableTogether(tx, unchanged) : [];
    const movedIds = together.map(({ account }) => account.id);
    if (together.length > 0) await freeUserNames(tx, movedIds);
    for (const { line, account, changed } of unchanged) {
      if (!movedIds.includes(account.id) && (await isNameTaken(tx, account, changed))) {
        kept.add(line);
        continue;
      }
      const contact = await restoreAccount(tx, record, { importId, account, changed, at: now(), coolDown });
      if (contact !== null) contacts.push(contact);
      restored += 1;
    }
    await contactsChanged(tx, contacts);
    if (kept.size > 0)
      await tx
        .updateTable('import_rows')
        .set({ kind: 'kept' })
        .where('import_id', '=', importId)
        .where('line', 'in', [...kept])
        .execute();
    return { restored, kept: kept.size };
  }

  /** Undoes rows in one transaction. */
  const undoTogether = (
    importId: string,
    read: (tx: Transaction) => Promise<AppliedRow[]>,
    isExchange: boolean,
    origin: Origin,
  ) =>
    store.change(origin, async (tx, record) => {
      const rows = await read(tx);
      const { restored, kept } = await undoRows(tx, record, importId, { rows, isExchange });
      await tx
        .updateTable('imports')
        .set((eb) => ({ restored: eb('restored', '+', restored), kept: eb('kept', '+', kept) }))
        .where('id', '=', importId)
        .execute();
      await record({ action: 'account.changed', facts: { importId, undo: true, restored, kept } });
      return { restored, kept, last: rows.at(-1)?.line ?? null, isLast: rows.length < batchSize };
    });

  return async (
    { id: importId, file_name: fileName, analysis }: ImportToUndo,
    origin: Origin,
  ): Promise<void> => {
    const { exchanged = [] } = JSON.parse(analysis ?? '{}') as { exchanged?: readonly number[] };
    const undone = { restored: 0, kept: 0 };
    if (exchanged.length > 0) {
      const read = (tx: Transaction) => appliedRows(tx, importId).where('line', 'in', exchanged).execute();
      const { restored, kept } = await undoTogether(importId, read, true, origin);
      Object.assign(undone, { restored, kept });
    }
    for (let after: number | null = beforeAllLines; after !== null;) {
      const from: number = after;
      const read = (tx: Transaction) =>
        appliedRows(tx, importId)
          .where('line', '>', from)
          .$if(exchanged.length > 0, (query) => query.where('line', 'not in', exchanged))
          .limit(batchSize)
          .execute();
      const batch = await undoTogether(importId, read, false, origin);
      undone.restored += batch.restored;
      undone.kept += batch.kept;
      after = batch.isLast ? null : batch.last;
      await setImmediate();
    }
    await store.change(origin, async (tx, record) => {
      await tx
        .updateTable('imports')
        .set({ state: 'undone', undone_at: now() })
        .where('id', '=', importId)
        .execute();
      await tx
        .updateTable('held_rows')
        .set({ state: 'dropped', decided_at: now() })
        .where('import_id', '=', importId)
        .where('state', '=', 'open')
        .execute();
      await record({ action: 'accounts.import-undone', facts: { importId, fileName, ...undone } });
    });
  };
}
