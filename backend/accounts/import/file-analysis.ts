import type { Selectable } from 'kysely';
import type { ImportWarning } from '../../../shared/api/import-file.ts';
import type { ImportCounts, ImportRefusal } from '../../../shared/api/import-view.ts';
import type { Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import {
  compareRows,
  ownAccountOf,
  planOf,
  planRows,
  storedPlanOf,
  TwinFinder,
  type Hold,
  type RowPlan,
} from './analyse-rows.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import type { MergeRules } from './merge-row.ts';
import type { FileRow } from './read-accounts.ts';
import { SeenKeys } from './seen-keys.ts';
import { stageRow, type StagedRow } from './staged-row.ts';
import { ManagersNamed } from './managers-named.ts';
import { WarningTally } from './warning-tally.ts';

const noCounts: ImportCounts = { contact: 0, tier: 0, manager: 0, status: 0, closed: 0 };
const counterOf = {
  new: 'created',
  changed: 'changed',
  unchanged: 'unchanged',
  held: 'held',
  refused: 'refused',
} as const;
type Counter = (typeof counterOf)[keyof typeof counterOf];

/** Plans the rows of one file, batch by batch. */
export class FileAnalysis {
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

  /** Rows that have not been stored yet. */
  get waiting(): number {
    return this.#rows.length + this.#refusals.length;
  }

  /** Takes a row of the file and returns its line. */
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

  /** Plans and stores the rows that have not been stored yet. */
  async keep(tx: Transaction, bytesRead: number): Promise<void> {
    const [rows, refusals] = [this.#rows, this.#refusals];
    [this.#rows, this.#refusals] = [[], []];
    const batch = batchRowsOf(tx);
    const plans = rows.length > 0 ? await planRows(tx, rows, this.#rules) : [];
    const moved: Record<Counter, number> = { created: 0, changed: 0, unchanged: 0, held: 0, refused: 0 };
    await this.#settleTwins(tx, plans, refusals, moved);
    for (const plan of plans) {
      moved[counterOf[plan.kind as keyof typeof counterOf]] += 1;
      if (plan.kind === 'changed')
        for (const name of plan.mass) this.counts[name] = (this.counts[name] ?? 0) + 1;
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

  /** Stores the remarks about values and the managers that were not found, once all rows are known. */
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

  /** Refuses rows that occur twice, and holds all differing rows that claim the same person. */
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
        const isOneAccount = ownAccountOf(plan) !== null && ownAccountOf(plan) === ownAccountOf(twin);
        const relation = compareRows(twin.row, plan.row);
        if (relation === 'duplicate') {
          plan.kind = 'refused';
          refusals.push({ line: plan.row.line, reason: 'duplicate-in-file', detail: plan.row.user_name });
          break;
        }
        if (relation === 'apart' && !isOneAccount) continue;
        const kind = twin.kind as keyof typeof counterOf;
        const { mass } = twin;
        const asRead = { ...plan };
        holdTwin(plan, twin);
        if (!holdTwin(twin, asRead) || here !== undefined) continue;
        if (kind === 'changed') for (const name of mass) this.counts[name] = (this.counts[name] ?? 0) - 1;
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

/** Holds a row because of another one of its file. Returns whether it was not already held for a reason that does not depend on other rows. */
function holdTwin(plan: RowPlan, twin: RowPlan): boolean {
  if (plan.kind === 'held' && plan.hold?.reason !== 'user-name-taken') return false;
  const accountId = ownAccountOf(plan) ?? ownAccountOf(twin) ?? twin.hold?.accountId ?? null;
  const hold: Hold = { reason: 'rows-contradict', accountId, matchId: null };
  Object.assign(plan, { kind: 'held', accountId, hold, changes: [], mass: [] });
  return true;
}
