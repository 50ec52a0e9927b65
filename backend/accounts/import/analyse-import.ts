import { setImmediate } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { Selectable } from 'kysely';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { Refusal } from '../../refusal.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Origin } from '../../store/append-event.ts';
import { storageFaultOf } from '../../store/storage-fault.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import { countAddedAgain } from './added-again.ts';
import { stageMissing } from './close-missing.ts';
import type { EndImport } from './end-import.ts';
import { settleExchangedNames } from './exchanged-names.ts';
import { FileAnalysis } from './file-analysis.ts';
import { readKnownChanges } from './known-changes.ts';
import { massChangesOf } from './mass-change.ts';
import { builtInHome } from './home.ts';
import type { MergeRules } from './merge-row.ts';
import { readAccounts } from './read-accounts.ts';
import { columnsOf, FileInterrupted } from './read-rows.ts';
import type { RememberedMappings } from './remembered-mappings.ts';

/** Rows per transaction: enough to be fast, few enough that a concurrent search is not noticeably delayed. */
const batchSize = 1000;

/** Rolls a batch back whose import was cancelled in the meantime. */
export class Cancelled extends Error {}

interface AnalyseCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly end: EndImport;
  readonly remembered: Pick<RememberedMappings, 'remember'>;
  /** The time zone in which days end. */
  readonly zone: () => Promise<string>;
  readonly now: () => number;
}

/** Throws {@link Cancelled} unless the import is in this state. */
export async function assertState(tx: Transaction, importId: string, state: string): Promise<void> {
  const row = await tx
    .selectFrom('imports')
    .select('state')
    .where('id', '=', importId)
    .executeTakeFirstOrThrow();
  if (row.state !== state) throw new Cancelled();
}

/** Not audited: the import was recorded when it was announced, and until its confirmation only its own rows are written. */
async function beginAnalysis(store: Store, importId: string): Promise<void> {
  const started = await store.writeUnaudited((tx) =>
    tx
      .updateTable('imports')
      .set({ state: 'analysing' })
      .where('id', '=', importId)
      .where('state', '=', 'waiting')
      .executeTakeFirst(),
  );
  if (started.numUpdatedRows !== 1n) throw new Refusal('import.settled');
}

/** Reads a file and plans what each row does, without writing any account. Throws `import.settled` unless the import waits for its file. */
export function createAnalyseImport({ store, policy, end, remembered, zone, now }: AnalyseCollaborators) {
  return async (row: Selectable<ImportsTable>, bytes: Readable, origin: Origin): Promise<void> => {
    await beginAnalysis(store, row.id);
    const mapping = JSON.parse(row.mapping) as ImportMapping;
    const { document } = await policy.current();
    const rules: MergeRules = {
      has: new Set(columnsOf(mapping).keys()),
      source: row.source,
      home: builtInHome,
      readPhone: await loadPhoneReader(document.accounts.phoneCountry),
      knownChanges: await readKnownChanges(store.db, now()),
      now: now(),
    };
    const analysis = new FileAnalysis(row, rules);
    let [bytesRead, line] = [0, 0];
    let header: readonly string[] | null = null;

    /** Stores the rows that were read; returns false if the import was cancelled in the meantime. */
    const commit = async (): Promise<boolean> => {
      const isRunning = await store
        .writeUnaudited(async (tx) => {
          await assertState(tx, row.id, 'analysing');
          await analysis.keep(tx, bytesRead);
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
      const rows = readAccounts(
        bytes,
        mapping,
        (count) => (bytesRead += count),
        { zone: await zone(), now },
        (columns) => (header = columns),
      );
      for await (const read of rows) {
        line = analysis.add(read);
        if (analysis.waiting >= batchSize && !(await commit())) return;
      }
      if (!(await commit())) return;
      if (header !== null) await remembered.remember(header, mapping);
      await store
        .change(origin, async (tx, record) => {
          await assertState(tx, row.id, 'analysing');
          const closed = row.complete === 1 ? await stageMissing(tx, row) : 0;
          const exchanged = await settleExchangedNames(tx, row.id, rules, analysis.counts);
          const counts = { ...analysis.counts, closed };
          await analysis.finish(tx);
          const total = await tx
            .selectFrom('accounts')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow();
          const done = await tx
            .updateTable('imports')
            .set({ state: 'ready', analysed_at: now(), closed })
            .where('id', '=', row.id)
            .returning(['rows', 'created', 'changed', 'unchanged', 'held', 'refused'])
            .executeTakeFirstOrThrow();
          const addedAgain = await countAddedAgain(
            tx,
            row,
            done.created,
            Number(total.count),
            document.accounts,
          );
          if (addedAgain > 0) counts.addedAgain = addedAgain;
          const massChanges = massChangesOf(counts, done.refused, Number(total.count), document.accounts);
          await tx
            .updateTable('imports')
            .set({ analysis: JSON.stringify({ counts, massChanges, exchanged }) })
            .where('id', '=', row.id)
            .execute();
          await record({
            action: 'accounts.import-analysed',
            facts: { importId: row.id, fileName: row.file_name, source: row.source, ...done, closed },
          });
        })
        .catch((error: unknown) => {
          if (!(error instanceof Cancelled)) throw error;
        });
    } catch (error) {
      if (error instanceof FileInterrupted) {
        const detail = 'The file stopped arriving';
        await end(row.id, 'failed', { code: 'import.interrupted', line: line + 1, detail }, origin);
        return;
      }
      const code =
        storageFaultOf(error)?.code ?? (error instanceof Refusal ? error.code : 'internal.unexpected');
      await end(row.id, 'failed', { code, line, detail: 'The rows could not be stored' }, origin);
      throw error;
    }
  };
}
