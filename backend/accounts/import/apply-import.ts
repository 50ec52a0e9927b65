import { setImmediate } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { resolveManagers } from '../../directories/find-manager.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import { storageFaultOf } from '../../store/storage-fault.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import { closeAccount, type EndAccess } from '../identity/close-account.ts';
import { assertState, Cancelled } from './analyse-import.ts';
import { planOf } from './analyse-rows.ts';
import { applyRows, type Applying } from './apply-rows.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import type { StoredRow } from './batch-rows.ts';
import type { EndImport } from './end-import.ts';
import { builtInHome } from './home.ts';
import { readOpenHolds } from './open-holds.ts';
import { columnsOf } from './read-rows.ts';
import { readKnownChanges } from './known-changes.ts';

const batchSize = 1000;

interface ApplyCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  /** Queues the mails to the owners, in the transaction of the batch. */
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  readonly end: EndImport;
  readonly isStopping: () => boolean;
  readonly now: () => number;
}

/** Applies a confirmed import in batches, and ends it with its outcome. */
export function createApplyImport({
  store,
  policy,
  contactsChanged,
  endAccess,
  end,
  isStopping,
  now,
}: ApplyCollaborators) {
  /** The next rows of the file after a line; without a line, the next accounts that are missing from the file. */
  const next = (importId: string, after: number, isMissing: boolean): Promise<StoredRow[]> =>
    store.db
      .selectFrom('import_rows')
      .select(['line', 'kind', 'account_id', 'data', 'fields'])
      .where('import_id', '=', importId)
      .where('line', isMissing ? '<' : '>', after)
      .orderBy('line', isMissing ? 'desc' : 'asc')
      .limit(batchSize)
      .execute();

  const rowsOn = (importId: string, lines: readonly number[]): Promise<StoredRow[]> =>
    store.db
      .selectFrom('import_rows')
      .select(['line', 'kind', 'account_id', 'data', 'fields'])
      .where('import_id', '=', importId)
      .where('line', 'in', lines)
      .orderBy('line')
      .execute();

  async function close(tx: Transaction, record: RecordEvent, rows: readonly StoredRow[], importId: string) {
    const batch = batchRowsOf(tx);
    const accounts = await batch.byId(rows.map(({ account_id: id }) => id ?? ''));
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const kept: { line: number; before: string }[] = [];
    const at = now();
    for (const { line, account_id: id } of rows) {
      const account = byId.get(id ?? '');
      if (account === undefined || account.closed_at !== null) continue;
      kept.push({
        line,
        before: JSON.stringify({
          closed_at: [null, at],
          ...(account.disabled === 0 && { disabled: [0, 1] }),
        }),
      });
      await closeAccount(tx, record, endAccess, { account, at, facts: { importId, why: 'missing' } });
    }
    if (kept.length > 0) await batch.keepBefore(importId, kept);
  }

  return async (row: Selectable<ImportsTable>, origin: Origin): Promise<void> => {
    const mapping = JSON.parse(row.mapping) as ImportMapping;
    const { document } = await policy.current();
    const has = new Set(columnsOf(mapping).keys());
    const readPhone = await loadPhoneReader(document.accounts.phoneCountry);
    const knownChanges = await readKnownChanges(store.db, now());
    const dropSettled = await readOpenHolds(store, row.source);
    let line = 0;

    const { exchanged = [] } = JSON.parse(row.analysis ?? '{}') as { exchanged?: readonly number[] };
    const isExchanged = new Set(exchanged);

    const commit = async (
      rows: readonly StoredRow[],
      isMissing: boolean,
      isExchange = false,
    ): Promise<boolean> => {
      const all = isMissing ? [] : rows.map(planOf);
      const plans = all.filter(({ kind }) => kind !== 'unchanged');
      const applying: Applying = {
        importId: row.id,
        source: row.source,
        has,
        rules: { has, source: row.source, home: builtInHome, readPhone, knownChanges, now: now() },
        isExchange,
      };
      const isRunning = await store
        .change(origin, async (tx, record) => {
          await assertState(tx, row.id, 'running');
          if (isMissing) await close(tx, record, rows, row.id);
          else {
            await contactsChanged(tx, await applyRows(tx, record, plans, applying));
            await dropSettled(tx, all, now());
          }
          await tx
            .updateTable('imports')
            .set((eb) => ({ applied: eb('applied', '+', rows.length) }))
            .where('id', '=', row.id)
            .execute();
          const count = (kind: string) => rows.filter((done) => done.kind === kind).length;
          const facts = {
            importId: row.id,
            created: count('new'),
            changed: count('changed'),
            unchanged: count('unchanged'),
            held: count('held'),
            closed: count('closed'),
          };
          await record({ action: 'account.changed', facts });
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof Cancelled) return false;
          throw error;
        });
      await setImmediate();
      return isRunning && !isStopping();
    };

    try {
      // In one transaction, so that no name is with two people or with none.
      if (exchanged.length > 0 && !(await commit(await rowsOn(row.id, exchanged), false, true))) return;
      for (const isMissing of [false, true]) {
        line = 0;
        for (;;) {
          const rows = await next(row.id, line, isMissing);
          if (rows.length === 0) break;
          const others = rows.filter((each) => !isExchanged.has(each.line));
          if (others.length > 0 && !(await commit(others, isMissing))) return;
          line = rows.at(-1)?.line ?? line;
        }
      }
      if (has.has('manager')) await noteManagers(store, row.id);
      await end(row.id, 'finished', null, origin);
    } catch (error) {
      // The import was cancelled after its last row.
      if (error instanceof Refusal && error.code === 'import.settled') return;
      const code =
        storageFaultOf(error)?.code ?? (error instanceof Refusal ? error.code : 'internal.unexpected');
      await end(row.id, 'failed', { code, line, detail: 'The rows could not be stored' }, origin);
      throw error;
    }
  };
}

/** Links every account that the import wrote to its manager's account, once all managers have been imported. */
async function noteManagers(store: Store, importId: string): Promise<void> {
  for (let last = 0; ;) {
    const done = await store.writeUnaudited(async (tx) => {
      const rows = await tx
        .selectFrom('import_rows')
        .innerJoin('accounts', 'accounts.id', 'import_rows.account_id')
        .select([
          'import_rows.line',
          'accounts.id',
          'accounts.manager',
          'accounts.manager_id',
          'accounts.manager_noted',
        ])
        .where('import_rows.import_id', '=', importId)
        .where('import_rows.line', '>', last)
        .where('import_rows.kind', 'in', ['new', 'changed'])
        .orderBy('import_rows.line')
        .limit(batchSize)
        .execute();
      const found = await resolveManagers(
        tx,
        [...new Set(rows.flatMap(({ manager }) => manager ?? []))],
        builtInHome.directory_id,
      );
      const byManager = new Map<string | null, string[]>();
      for (const { id, manager, manager_id: noted, manager_noted: text } of rows) {
        const managerId = found.get(manager ?? '')?.id ?? null;
        if (managerId !== noted || (managerId !== null && text !== manager))
          byManager.set(managerId, [...(byManager.get(managerId) ?? []), id]);
      }
      for (const [managerId, ids] of byManager)
        await tx
          .updateTable('accounts')
          .set((eb) => ({ manager_id: managerId, manager_noted: eb.ref('manager') }))
          .where('id', 'in', ids)
          .execute();
      last = rows.at(-1)?.line ?? last;
      return rows.length < batchSize;
    });
    await setImmediate();
    if (done) return;
  }
}
