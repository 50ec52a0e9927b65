import { setImmediate } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { Selectable } from 'kysely';
import type {
  ImportCounts,
  ImportMapping,
  ImportRefusal,
  ImportWarning,
} from '../../../shared/api/import.ts';
import { Refusal } from '../../refusal.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Origin } from '../../store/append-event.ts';
import { storageFaultOf } from '../../store/storage-fault.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import {
  compareRows,
  planOf,
  planRows,
  storedPlanOf,
  TwinFinder,
  type Hold,
  type RowPlan,
} from './analyse-rows.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import { stageMissing } from './close-missing.ts';
import type { EndImport } from './end-import.ts';
import { readKnownChanges } from './known-changes.ts';
import { massChangesOf } from './mass-change.ts';
import type { MergeRules } from './merge-row.ts';
import { readAccounts, type FileRow } from './read-accounts.ts';
import { columnsOf, FileInterrupted } from './read-rows.ts';
import type { RememberedMappings } from './remembered-mappings.ts';
import { SeenKeys } from './seen-keys.ts';
import { stageRow, type StagedKind, type StagedRow } from './staged-row.ts';
import { ManagersNamed } from './managers-named.ts';
import { WarningTally } from './warning-tally.ts';

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

const noCounts: ImportCounts = { contact: 0, tier: 0, manager: 0, status: 0, closed: 0 };
const counterOf = {
  new: 'created',
  changed: 'changed',
  unchanged: 'unchanged',
  held: 'held',
  refused: 'refused',
} as const;
type Counter = (typeof counterOf)[keyof typeof counterOf];

/** Throws {@link Cancelled} unless the import is in this state. */
export async function assertState(tx: Transaction, importId: string, state: string): Promise<void> {
  const row = await tx
    .selectFrom('imports')
    .select('state')
    .where('id', '=', importId)
    .executeTakeFirstOrThrow();
  if (row.state !== state) throw new Cancelled();
}

/** Reads a file and plans what each row does, without writing any account. */
export function createAnalyseImport({ store, policy, end, remembered, zone, now }: AnalyseCollaborators) {
  return async (row: Selectable<ImportsTable>, bytes: Readable, origin: Origin): Promise<void> => {
    const mapping = JSON.parse(row.mapping) as ImportMapping;
    const { document } = await policy.current();
    const rules: MergeRules = {
      has: new Set(columnsOf(mapping).keys()),
      source: row.source,
      readPhone: await loadPhoneReader(document.accounts.phoneCountry),
      knownChanges: await readKnownChanges(store.db, now()),
      now: now(),
    };
    const analysis = new Analysis(row, rules);
    let [bytesRead, line] = [0, 0];
    let header: readonly string[] | null = null;

    /** Keeps what was read; returns false if the import was cancelled in the meantime. */
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
          const massChanges = massChangesOf(counts, done.refused, Number(total.count), document.accounts);
          await tx
            .updateTable('imports')
            .set({ analysis: JSON.stringify({ counts, massChanges }) })
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

/** The rows of one file as they are planned, batch by batch. */
class Analysis {
  readonly #row: Selectable<ImportsTable>;
  readonly #rules: MergeRules;
  readonly #twins = new TwinFinder(new SeenKeys());
  readonly #warnings = new WarningTally();
  readonly #managers = new ManagersNamed();
  readonly counts: ImportCounts = { ...noCounts };
  #rows: StagedRow[] = [];
  #refusals: ImportRefusal[] = [];

  constructor(row: Selectable<ImportsTable>, rules: MergeRules) {
    this.#row = row;
    this.#rules = rules;
  }

  /** Rows that have not been kept yet. */
  get waiting(): number {
    return this.#rows.length + this.#refusals.length;
  }

  /** Takes a row of the file; returns its line. */
  add(read: FileRow): number {
    if ('skipped' in read) {
      const { line, warning } = read.skipped;
      this.#warnings.add(warning, line);
      return line;
    }
    if ('refusal' in read) {
      this.#refusals.push(read.refusal);
      return read.refusal.line;
    }
    const { account } = read;
    for (const warning of account.warnings ?? []) this.#warnings.add(warning, account.line);
    if (account.manager !== null) this.#managers.add(account.manager, account.line);
    this.#rows.push(stageRow(account, this.#row.source, this.#rules.readPhone));
    return account.line;
  }

  /** Plans the rows that wait and keeps them. */
  async keep(tx: Transaction, bytesRead: number): Promise<void> {
    const [rows, refusals] = [this.#rows, this.#refusals];
    [this.#rows, this.#refusals] = [[], []];
    const batch = batchRowsOf(tx);
    const plans = rows.length > 0 ? await planRows(tx, rows, this.#rules) : [];
    const moved: Record<Counter, number> = { created: 0, changed: 0, unchanged: 0, held: 0, refused: 0 };
    await this.#settleTwins(tx, plans, refusals, moved);
    for (const plan of plans) {
      moved[counterOf[plan.kind as keyof typeof counterOf]] += 1;
      if (plan.kind === 'changed') for (const name of plan.mass) this.counts[name] += 1;
    }
    // Rows refused as a copy are counted with the plans already.
    const copies = plans.filter(({ kind }) => kind === 'refused').length;
    moved.refused += refusals.length - copies;
    const staged = plans.filter(({ kind }) => kind !== 'refused');
    if (staged.length > 0) await batch.stage(this.#row.id, staged.map(storedPlanOf));
    if (this.#row.complete === 1) {
      const seen = staged.flatMap(({ kind, accountId, hold }) => [
        ...(kind === 'new' ? [] : [accountId]),
        hold?.accountId,
        hold?.matchId,
      ]);
      await batch.markSeen(
        seen.filter((id) => id != null),
        this.#row.id,
      );
    }
    if (refusals.length > 0) {
      await tx
        .insertInto('import_refusals')
        .values(refusals.map((refusal) => ({ import_id: this.#row.id, ...refusal })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await tx
      .updateTable('imports')
      .set((eb) => ({
        bytes_read: bytesRead,
        rows: eb('rows', '+', rows.length + refusals.length - copies),
        created: eb('created', '+', moved.created),
        changed: eb('changed', '+', moved.changed),
        unchanged: eb('unchanged', '+', moved.unchanged),
        held: eb('held', '+', moved.held),
        refused: eb('refused', '+', moved.refused),
      }))
      .where('id', '=', this.#row.id)
      .execute();
  }

  /** Keeps the remarks about values, and which managers are not found, once all rows are known. */
  async finish(tx: Transaction): Promise<void> {
    for (const [value, { rows, firstLine }] of await this.#managers.notFound(tx, this.#row.id))
      this.#warnings.add({ reason: 'manager-not-found', field: 'manager', value }, firstLine, rows);
    const warnings: readonly ImportWarning[] = this.#warnings.list();
    if (warnings.length === 0) return;
    await tx
      .insertInto('import_warnings')
      .values(
        warnings.map(({ firstLine, ...warning }) => ({
          import_id: this.#row.id,
          ...warning,
          first_line: firstLine,
        })),
      )
      .execute();
  }

  /** Refuses rows that come twice, and holds all rows that claim one person and differ. */
  async #settleTwins(
    tx: Transaction,
    plans: readonly RowPlan[],
    refusals: ImportRefusal[],
    moved: Record<Counter, number>,
  ): Promise<void> {
    const byLine = new Map(plans.map((plan) => [plan.row.line, plan]));
    for (const plan of plans) {
      for (const line of this.#twins.linesLike(plan)) {
        const here = byLine.get(line);
        const twin = here ?? (await this.#stored(tx, line));
        if (twin === null || twin.kind === 'refused') continue;
        const isOneAccount = plan.kind !== 'new' && plan.accountId === twin.accountId;
        const relation = compareRows(twin.row, plan.row);
        if (relation === 'duplicate') {
          plan.kind = 'refused';
          refusals.push({ line: plan.row.line, reason: 'duplicate-in-file', detail: plan.row.user_name });
          break;
        }
        if (relation === 'apart' && !isOneAccount) continue;
        holdTwin(plan, twin);
        if (twin.kind === 'held') continue;
        const kind = twin.kind as keyof typeof counterOf;
        if (here === undefined && twin.kind === 'changed')
          for (const name of twin.mass) this.counts[name] -= 1;
        holdTwin(twin, plan);
        if (here !== undefined) continue;
        moved[counterOf[kind]] -= 1;
        moved.held += 1;
        const { kind: held, account_id, fields } = storedPlanOf(twin);
        await tx
          .updateTable('import_rows')
          .set({ kind: held, account_id, fields })
          .where('import_id', '=', this.#row.id)
          .where('line', '=', line)
          .execute();
      }
    }
  }

  async #stored(tx: Transaction, line: number): Promise<RowPlan | null> {
    const stored = await tx
      .selectFrom('import_rows')
      .select(['line', 'kind', 'account_id', 'data', 'fields'])
      .where('import_id', '=', this.#row.id)
      .where('line', '=', line)
      .executeTakeFirst();
    return stored === undefined ? null : planOf(stored);
  }
}

/** Holds a row because of another one of its file. */
function holdTwin(plan: RowPlan, twin: RowPlan): void {
  if (plan.kind === 'held') return;
  const isKnown = (kind: StagedKind) => kind === 'changed' || kind === 'unchanged';
  const accountId = isKnown(plan.kind)
    ? plan.accountId
    : isKnown(twin.kind)
      ? twin.accountId
      : (twin.hold?.accountId ?? null);
  const reason: Hold = { reason: 'rows-contradict', accountId, matchId: null };
  Object.assign(plan, { kind: 'held', accountId, hold: reason, changes: [], mass: [] });
}
