import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { ImportField, ImportMapping, ImportRefusal } from '../../../shared/api/import.ts';
import type { Origin } from '../../store/append-event.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import { Refusal } from '../../refusal.ts';
import { storageFaultOf } from '../../store/storage-fault.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { applyBatch } from './apply-batch.ts';
import type { EndImport } from './end-import.ts';
import type { ReadAccount } from './read-account.ts';
import { readAccounts } from './read-accounts.ts';
import { columnsOf, FileInterrupted } from './read-rows.ts';
import type { RememberedMappings } from './remembered-mappings.ts';

/** Rows per transaction: enough to be fast, few enough that a concurrent search is not noticeably delayed. */
const batchSize = 1000;

/** Rolls a batch back whose import was cancelled in the meantime. */
class Cancelled extends Error {}

interface RunImportCollaborators {
  readonly store: Store;
  /** Queues the mails to the owners, in the transaction of the batch. */
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly end: EndImport;
  readonly remembered: Pick<RememberedMappings, 'remember'>;
  /** The time zone in which days end. */
  readonly zone: () => Promise<string>;
  readonly now: () => number;
}

/** Imports a file batch by batch, and ends the import with its outcome. */
export function createRunImport({
  store,
  contactsChanged,
  end,
  remembered,
  zone,
  now,
}: RunImportCollaborators) {
  return async (row: Selectable<ImportsTable>, bytes: Readable, origin: Origin): Promise<void> => {
    const mapping = JSON.parse(row.mapping) as ImportMapping;
    const has: ReadonlySet<ImportField> = new Set(columnsOf(mapping).keys());
    let [bytesRead, line] = [0, 0];
    let header: readonly string[] | null = null;
    let accounts: ReadAccount[] = [];
    let refusals: ImportRefusal[] = [];

    /** Commits what was read; returns false if the import was cancelled in the meantime. */
    const commit = async (): Promise<boolean> => {
      const [batch, refused] = [accounts, refusals];
      [accounts, refusals] = [[], []];
      const isRunning = await store
        .change(origin, async (tx, record) => {
          const state = await tx
            .selectFrom('imports')
            .select('state')
            .where('id', '=', row.id)
            .executeTakeFirstOrThrow();
          if (state.state !== 'running') throw new Cancelled();
          const outcome = await applyBatch(tx, record, batch, has, row.id, now());
          await contactsChanged(tx, outcome.contacts);
          refused.push(...outcome.refusals);
          if (refused.length > 0) {
            await tx
              .insertInto('import_refusals')
              .values(refused.map((refusal) => ({ import_id: row.id, ...refusal })))
              .onConflict((conflict) => conflict.doNothing())
              .execute();
          }
          await tx
            .updateTable('imports')
            .set((eb) => ({
              bytes_read: bytesRead,
              rows: eb('rows', '+', batch.length + refused.length - outcome.refusals.length),
              created: eb('created', '+', outcome.created),
              changed: eb('changed', '+', outcome.changed),
              unchanged: eb('unchanged', '+', outcome.unchanged),
              refused: eb('refused', '+', refused.length),
            }))
            .where('id', '=', row.id)
            .execute();
          const { created, changed, unchanged } = outcome;
          const facts = { importId: row.id, created, changed, unchanged, refused: refused.length };
          await record({ action: 'account.changed', facts });
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof Cancelled) return false;
          throw error;
        });
      await setImmediate();
      return isRunning;
    };

    try {
      const options = { zone: await zone(), now };
      for await (const read of readAccounts(
        bytes,
        mapping,
        (count) => (bytesRead += count),
        options,
        (columns) => (header = columns),
      )) {
        if ('account' in read) {
          accounts.push(read.account);
          line = read.account.line;
        } else if ('refusal' in read) {
          refusals.push(read.refusal);
          line = read.refusal.line;
        } else line = read.skipped.line;
        if (accounts.length + refusals.length >= batchSize && !(await commit())) return;
      }
      if (!(await commit())) return;
      if (header !== null) await remembered.remember(header, mapping);
      await end(row.id, 'finished', null, origin);
    } catch (error) {
      // Cancelled after its last row.
      if (error instanceof Refusal && error.code === 'import.settled') throw error;
      if (!(error instanceof FileInterrupted)) {
        const code =
          storageFaultOf(error)?.code ?? (error instanceof Refusal ? error.code : 'internal.unexpected');
        await end(row.id, 'failed', { code, line, detail: 'The rows could not be stored' }, origin);
        throw error;
      }
      // Rows before the interruption are imported; `line` tells where the rest begins.
      if (!(await commit())) return;
      const detail = 'The file stopped arriving';
      await end(row.id, 'failed', { code: 'import.interrupted', line: line + 1, detail }, origin);
    }
  };
}
