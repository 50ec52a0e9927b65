import { setImmediate } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Origin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { closeAndRename, type EndAccess } from '../identity/close-account.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import { isNameTaken, isUntouched, restoreAccount, type ChangedColumns } from './restore-account.ts';
import { unpackRow } from './staged-row.ts';

const batchSize = 500;
/** Lines are 32-bit integers in the database; those of missing accounts are negative. */
const beforeAllLines = -(2 ** 31);

type ImportToUndo = Pick<Selectable<ImportsTable>, 'id' | 'file_name'>;

interface UndoCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  readonly now: () => number;
}

/** Restores what an import changed, unless it has changed since. */
export function createUndoImport({ store, policy, contactsChanged, endAccess, now }: UndoCollaborators) {
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
    const { contactCoolDown: coolDown } = (await policy.current(tx)).document;
    const contacts: ContactChange[] = [];
    let restored = 0;
    const kept: number[] = [];
    for (const { line, kind, account_id: id, data, before } of rows) {
      const account = byId.get(id ?? '');
      // Not applied: the import was cancelled before it reached this row.
      if (account === undefined || (kind !== 'new' && before === null)) continue;
      if (kind === 'new') {
        if (await isUntouched(tx, account, unpackRow(data))) {
          await closeAndRename(tx, record, endAccess, {
            account,
            at: now(),
            facts: { importId, why: 'undone' },
          });
          restored += 1;
        } else kept.push(line);
        continue;
      }
      const changed = JSON.parse(before ?? '{}') as ChangedColumns;
      const isSince = Object.entries(changed).some(
        ([column, [, value]]) => account[column as keyof AccountRow] !== value,
      );
      if (isSince || (await isNameTaken(tx, account, changed))) {
        kept.push(line);
        continue;
      }
      const contact = await restoreAccount(tx, record, { importId, account, changed, at: now(), coolDown });
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

  /** Undoes one batch. `last` is the line after which the next batch starts; null after the last batch. */
  const undoNext = (importId: string, after: number, origin: Origin) =>
    store.change(origin, async (tx, record) => {
      const { restored, kept, last, isLast } = await undoBatch(tx, record, importId, after);
      await tx
        .updateTable('imports')
        .set((eb) => ({ restored: eb('restored', '+', restored), kept: eb('kept', '+', kept.length) }))
        .where('id', '=', importId)
        .execute();
      await record({
        action: 'account.changed',
        facts: { importId, undo: true, restored, kept: kept.length },
      });
      return { restored, kept: kept.length, last: isLast ? null : last };
    });

  return async ({ id: importId, file_name: fileName }: ImportToUndo, origin: Origin): Promise<void> => {
    const undone = { restored: 0, kept: 0 };
    for (let after: number | null = beforeAllLines; after !== null;) {
      const batch = await undoNext(importId, after, origin);
      undone.restored += batch.restored;
      undone.kept += batch.kept;
      after = batch.last;
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
