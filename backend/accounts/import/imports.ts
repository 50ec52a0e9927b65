import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { ImportField, ImportMapping, ImportRefusal, ImportView } from '../../../shared/api/import.ts';
import type { Origin } from '../../audit/append-event.ts';
import { Refusal } from '../../refusal.ts';
import type { ContactChange } from '../../notifications/contact-words.ts';
import type { Change, Store } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import { applyBatch } from './apply-batch.ts';
import { readAccount, type ReadAccount } from './read-account.ts';
import { FileInterrupted, readRows } from './read-rows.ts';
import { missingFields } from './recognise.ts';
import { samplesCsv, samplesMapping } from './samples.ts';

/** Rows in one transaction: long enough to be fast, short enough that a search beside it does not wait to be felt. */
const batchRows = 1000;

/** The import was cancelled while a batch was on its way: the batch is rolled back. */
class Stopped extends Error {}

export interface Imports {
  create(
    announced: { fileName: string; bytesTotal: number | null; mapping: ImportMapping },
    origin: Origin,
  ): Promise<ImportView>;
  upload(importId: string, bytes: Readable, origin: Origin): Promise<ImportView>;
  get(importId: string): Promise<ImportView>;
  cancel(importId: string, origin: Origin): Promise<ImportView>;
  refusals(
    importId: string,
    afterLine: number,
    limit: number,
  ): Promise<{ refusals: ImportRefusal[]; more: boolean }>;
  samples(origin: Origin): Promise<ImportView>;
  /** At start: what a crash interrupted has failed. */
  settleInterruptedImports(): Promise<void>;
}

const viewOf = (row: Selectable<ImportsTable>): ImportView => ({
  id: row.id,
  fileName: row.file_name,
  state: row.state as ImportView['state'],
  bytesTotal: row.bytes_total,
  bytesRead: row.bytes_read,
  rows: row.rows,
  created: row.created,
  changed: row.changed,
  unchanged: row.unchanged,
  refused: row.refused,
  startedAt: new Date(row.started_at).toISOString(),
  endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  failure: row.failure === null ? null : (JSON.parse(row.failure) as ImportView['failure']),
});

export function createImports({
  store,
  contactsChanged = () => Promise.resolve(),
  now,
}: {
  store: Store;
  /** Tells the owners, after the commit; waited for, so that mails do not pile up in memory. */
  contactsChanged?: (tx: Change, changes: readonly ContactChange[]) => Promise<void>;
  now: () => number;
}): Imports {
  let running: string | null = null;

  async function rowOf(importId: string) {
    const row = await store.db
      .selectFrom('imports')
      .selectAll()
      .where('id', '=', importId)
      .executeTakeFirst();
    if (!row) throw new Refusal('import.not-found');
    return row;
  }

  async function run(row: Selectable<ImportsTable>, bytes: Readable, origin: Origin): Promise<void> {
    const mapping = JSON.parse(row.mapping) as ImportMapping;
    const has = new Set(Object.keys(mapping.columns) as ImportField[]);
    const width = Math.max(0, ...Object.values(mapping.columns).map((column) => column + 1));
    let [bytesRead, line, first] = [0, 0, true];
    let columns: number | null = null;
    let accounts: ReadAccount[] = [];
    let refusals: ImportRefusal[] = [];

    /** Commits what was read; false when the import was cancelled meanwhile. */
    const commit = async (): Promise<boolean> => {
      const [batch, refused] = [accounts, refusals];
      [accounts, refusals] = [[], []];
      const going = await store
        .change(origin, async (tx, record) => {
          const state = await tx
            .selectFrom('imports')
            .select('state')
            .where('id', '=', row.id)
            .executeTakeFirstOrThrow();
          if (state.state !== 'running') throw new Stopped();
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
          if (error instanceof Stopped) return false;
          throw error;
        });
      await setImmediate();
      return going;
    };

    try {
      for await (const raw of readRows(bytes, mapping, (count) => (bytesRead += count))) {
        line = raw.line;
        if ('refused' in raw) {
          refusals.push({ line, reason: raw.refused, detail: '' });
        } else if (first && mapping.header) {
          columns = raw.cells.length;
        } else {
          columns ??= raw.cells.length;
          const { cells } = raw;
          if (cells.length !== columns || cells.length < width) {
            refusals.push({
              line,
              reason: 'wrong-number-of-columns',
              detail: `${cells.length}, not ${columns}`,
            });
          } else if (cells.some((cell) => cell.includes('\uFFFD') || cell.includes('\0'))) {
            refusals.push({ line, reason: 'bad-characters', detail: '' });
          } else {
            const read = readAccount(line, (field) => cells[mapping.columns[field] ?? -1] ?? '', now());
            if ('reason' in read) refusals.push({ line, ...read });
            else accounts.push(read);
          }
        }
        first = false;
        if (accounts.length + refusals.length >= batchRows && !(await commit())) return;
      }
      if (!(await commit())) return;
      await end(row.id, 'finished', null, origin);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (!(error instanceof FileInterrupted)) {
        const detail = 'The rows could not be stored';
        await end(row.id, 'failed', { code: 'internal.unexpected', line, detail }, origin);
        throw error;
      }
      // What was read before the break goes in; the line says from where on nothing did.
      if (!(await commit())) return;
      const detail = 'The file stopped arriving';
      await end(row.id, 'failed', { code: 'import.interrupted', line: line + 1, detail }, origin);
    }
  }

  async function end(
    importId: string,
    state: 'finished' | 'cancelled' | 'failed',
    failure: ImportView['failure'],
    origin: Origin,
  ): Promise<void> {
    await store.change(origin, async (tx, record) => {
      const ended = await tx
        .updateTable('imports')
        .set({ state, ended_at: now(), failure: failure && JSON.stringify(failure) })
        .where('id', '=', importId)
        .where('state', 'in', ['waiting', 'running'])
        .returningAll()
        .executeTakeFirst();
      if (!ended) throw new Refusal('import.settled');
      const { created, changed, unchanged, refused, rows } = ended;
      await record({
        action: `accounts.import-${state}`,
        outcome: state === 'failed' ? 'failed' : 'done',
        facts: { importId, fileName: ended.file_name, rows, created, changed, unchanged, refused },
      });
    });
  }

  const imports: Imports = {
    async create({ fileName, bytesTotal, mapping }, origin) {
      if (running !== null) throw new Refusal('import.already-running');
      const missing = missingFields(mapping.columns);
      if (missing.length > 0) {
        throw new Refusal('import.mapping', { detail: `No column for: ${missing.join(', ')}` });
      }
      const id = randomUUID();
      await store.change(origin, async (tx, record) => {
        await tx
          .insertInto('imports')
          .values({
            id,
            operator_id: origin.actor.kind === 'system' ? 'system' : origin.actor.id,
            file_name: fileName,
            mapping: JSON.stringify(mapping),
            state: 'waiting',
            bytes_total: bytesTotal,
            bytes_read: 0,
            rows: 0,
            created: 0,
            changed: 0,
            unchanged: 0,
            refused: 0,
            started_at: now(),
          })
          .execute();
        await record({ action: 'accounts.import-started', facts: { importId: id, fileName } });
      });
      return imports.get(id);
    },

    async upload(importId, bytes, origin) {
      const row = await rowOf(importId);
      if (row.state !== 'waiting') throw new Refusal('import.settled');
      if (running !== null) throw new Refusal('import.already-running');
      running = importId;
      try {
        // Announced and recorded by `create`; from here on each batch records itself.
        const started = await store.keepTime((tx) =>
          tx
            .updateTable('imports')
            .set({ state: 'running' })
            .where('id', '=', importId)
            .where('state', '=', 'waiting')
            .executeTakeFirst(),
        );
        if (started.numUpdatedRows !== 1n) throw new Refusal('import.settled');
        await run(row, bytes, origin);
      } finally {
        running = null;
        bytes.resume();
      }
      return imports.get(importId);
    },

    get: async (importId) => viewOf(await rowOf(importId)),

    async cancel(importId, origin) {
      await rowOf(importId);
      await end(importId, 'cancelled', null, origin);
      return imports.get(importId);
    },

    async refusals(importId, afterLine, limit) {
      await rowOf(importId);
      const rows = await store.db
        .selectFrom('import_refusals')
        .select(['line', 'reason', 'detail'])
        .where('import_id', '=', importId)
        .where('line', '>', afterLine)
        .orderBy('line')
        .limit(limit + 1)
        .execute();
      return { refusals: rows.slice(0, limit) as ImportRefusal[], more: rows.length > limit };
    },

    async samples(origin) {
      const csv = Buffer.from(samplesCsv());
      const made = await imports.create(
        { fileName: 'samples.csv', bytesTotal: csv.length, mapping: samplesMapping },
        origin,
      );
      return imports.upload(made.id, Readable.from([csv]), origin);
    },

    async settleInterruptedImports() {
      const open = await store.db
        .selectFrom('imports')
        .select('id')
        .where('state', 'in', ['waiting', 'running'])
        .execute();
      const origin: Origin = { actor: { kind: 'system' }, clientAddress: null, client: null };
      const failure: ImportView['failure'] = {
        code: 'internal.unexpected',
        line: null,
        detail: 'The backend stopped during the import',
      };
      for (const { id } of open) await end(id, 'failed', failure, origin);
    },
  };
  return imports;
}
