import { Readable } from 'node:stream';
import type { Selectable } from 'kysely';
import type {
  importRowKinds,
  ImportPreview,
  ImportRefusal,
  ImportRow,
  ImportView,
  ImportWarning,
} from '../../../shared/api/import.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import { deskZone } from '../../policy/desk-zone.ts';
import { Refusal } from '../../refusal.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { EndAccess } from '../identity/close-account.ts';
import { createAnalyseImport } from './analyse-import.ts';
import { planOf } from './analyse-rows.ts';
import { announceImport, type AnnouncedImport } from './announce-import.ts';
import { createApplyImport } from './apply-import.ts';
import type { StoredRow } from './batch-rows.ts';
import { createImportEnds } from './end-import.ts';
import { importViewOf, undoForMs, undoUntil } from './import-view.ts';
import { type PreviewChoice, previewOf } from './recognise.ts';
import { createRememberedMappings } from './remembered-mappings.ts';
import { createUndoImport } from './undo-import.ts';
import { samplesCsv, samplesMapping } from './samples.ts';

export interface Imports {
  /** Proposes how a file is read, by its first bytes (of a workbook: by all of them). */
  preview(head: Buffer, isWhole: boolean, chosen: PreviewChoice): Promise<ImportPreview>;
  create(announced: AnnouncedImport, origin: Origin): Promise<ImportView>;
  /** Reads the file and answers what it would change; no account is written. */
  upload(importId: string, bytes: Readable, origin: Origin): Promise<ImportView>;
  /** Starts to apply what was read. */
  confirm(importId: string, origin: Origin): Promise<ImportView>;
  /** Waits for the import that is being applied, if any. */
  applied(): Promise<void>;
  /** Puts back what the import changed, where it has not been changed since. */
  undo(importId: string, origin: Origin): Promise<ImportView>;
  rows(
    importId: string,
    kind: (typeof importRowKinds)[number],
    after: number,
    limit: number,
  ): Promise<{ rows: ImportRow[]; more: boolean }>;
  warnings(importId: string): Promise<ImportWarning[]>;
  get(importId: string): Promise<ImportView>;
  cancel(importId: string, origin: Origin): Promise<ImportView>;
  refusals(
    importId: string,
    afterLine: number,
    limit: number,
  ): Promise<{ refusals: ImportRefusal[]; more: boolean }>;
  samples(origin: Origin): Promise<ImportView>;
  /** Stops applying; the import is settled at the next start. */
  stop(): Promise<void>;
  /** At the start: marks imports that a crash interrupted as failed. */
  settleInterruptedImports(): Promise<void>;
  /** Fails imports whose file did not start to arrive in time. */
  sweep(): Promise<void>;
}

/** Milliseconds in which the first byte of a file has to arrive. */
const waitLimitMs = 10 * 60_000;
/** Bytes in a millisecond, 1 Mbit/s: a proxy that collects the whole file first delays the first byte by the time that this takes. */
const slowestUpload = 125;

const lateFailure: ImportView['failure'] = {
  code: 'import.interrupted',
  line: null,
  detail: 'The file did not arrive',
};

/** Milliseconds in which what was read has to be confirmed. */
const confirmWithinMs = 24 * 60 * 60_000;
/** Rows that a sweep deletes at once. */
const sweepRows = 20_000;

const actorId = ({ actor }: Origin): string => (actor.kind === 'system' ? 'system' : actor.id);

/** A stored row for the console. */
function importRowOf(stored: StoredRow): ImportRow {
  const { row, changes, hold } = planOf(stored);
  return {
    line: stored.line,
    accountId: stored.kind === 'new' ? null : stored.account_id,
    userName: row.user_name,
    displayName: row.display_name,
    changes: [...changes],
    holdReason: hold?.reason ?? null,
  };
}

/** Throws `import.stale` if accounts were imported or decided about after the file was read: what its rows do has to be read again. */
async function assertFresh(tx: Transaction, row: Selectable<ImportsTable>): Promise<void> {
  const since = row.analysed_at ?? 0;
  const other = await tx
    .selectFrom('imports')
    .select('id')
    .where('id', '!=', row.id)
    .where((where) => where.or([where('confirmed_at', '>', since), where('undone_at', '>', since)]))
    .limit(1)
    .executeTakeFirst();
  const decided = await tx
    .selectFrom('held_rows')
    .select('id')
    .where('decided_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  if (other !== undefined || decided !== undefined) throw new Refusal('import.stale');
}

/** Deletes rows of imports that can no longer be undone, some at a time. */
async function dropOldRows(store: Store, before: number): Promise<void> {
  const old = await store.db
    .selectFrom('imports')
    .select('id')
    .where('ended_at', '<', before)
    .where((where) =>
      where.exists(
        where
          .selectFrom('import_rows')
          .select('line')
          .whereRef('import_rows.import_id', '=', 'imports.id')
          .limit(1),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  if (old === undefined) return;
  await store.writeUnaudited((tx) =>
    tx
      .deleteFrom('import_rows')
      .where('import_id', '=', old.id)
      .where('line', 'in', (query) =>
        query.selectFrom('import_rows').select('line').where('import_id', '=', old.id).limit(sweepRows),
      )
      .execute(),
  );
}

export function createImports({
  store,
  policy,
  contactsChanged = () => Promise.resolve(),
  zone = () => Promise.resolve(deskZone({ timeZone: '' })),
  endAccess = () => Promise.resolve(),
  onFault = () => undefined,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  /** Ends what gives access to a closed account. */
  endAccess?: EndAccess;
  /** Told of what stopped an import after its request was answered. */
  onFault?: (error: unknown) => void;
  /** Queues the mails to the owners, in the transaction of the batch. */
  contactsChanged?: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  /** The time zone in which days end. */
  zone?: () => Promise<string>;
  now: () => number;
}): Imports {
  let running: string | null = null;
  const { end, unstored } = createImportEnds({ store, now });
  const remembered = createRememberedMappings({ store, now });
  const analyse = createAnalyseImport({ store, policy, end, remembered, zone, now });
  const apply = createApplyImport({
    store,
    policy,
    contactsChanged,
    endAccess,
    end,
    isStopping: () => isStopping,
    now,
  });
  const undoImport = createUndoImport({ store, contactsChanged, endAccess, now });
  let applying: Promise<void> = Promise.resolve();
  let isStopping = false;

  async function rowOf(importId: string) {
    const row = await store.db
      .selectFrom('imports')
      .selectAll()
      .where('id', '=', importId)
      .executeTakeFirst();
    if (!row) throw new Refusal('import.not-found');
    return row;
  }

  const imports: Imports = {
    preview: async (head, isWhole, chosen) =>
      previewOf(head, isWhole, chosen, {
        zone: await zone(),
        now,
        remembered: remembered.find,
      }),

    async create(announced, origin) {
      if (running !== null) throw new Refusal('import.already-running');
      return imports.get(await announceImport(store, announced, origin, now()));
    },

    async upload(importId, bytes, origin) {
      const row = await rowOf(importId);
      if (row.state !== 'waiting') throw new Refusal('import.settled');
      if (running !== null) throw new Refusal('import.already-running');
      running = importId;
      try {
        // Announced and recorded by `create`; nothing but the import's own rows is written until it is confirmed.
        const started = await store.writeUnaudited((tx) =>
          tx
            .updateTable('imports')
            .set({ state: 'analysing' })
            .where('id', '=', importId)
            .where('state', '=', 'waiting')
            .executeTakeFirst(),
        );
        if (started.numUpdatedRows !== 1n) throw new Refusal('import.settled');
        await analyse(row, bytes, origin);
      } finally {
        running = null;
        bytes.resume();
      }
      return imports.get(importId);
    },

    async get(importId) {
      const failure = await unstored(importId);
      const view = importViewOf(await rowOf(importId), now());
      return failure === null
        ? view
        : { ...view, state: 'failed', failure, endedAt: new Date(now()).toISOString() };
    },

    async confirm(importId, origin) {
      const row = await rowOf(importId);
      if (row.state !== 'ready') throw new Refusal('import.settled');
      if (running !== null) throw new Refusal('import.already-running');
      running = importId;
      try {
        await store.change(origin, async (tx, record) => {
          await assertFresh(tx, row);
          const started = await tx
            .updateTable('imports')
            .set({ state: 'running', confirmed_at: now(), confirmed_by: actorId(origin) })
            .where('id', '=', importId)
            .where('state', '=', 'ready')
            .executeTakeFirst();
          if (started.numUpdatedRows !== 1n) throw new Refusal('import.settled');
          const { created, changed, held, closed, refused, file_name: fileName } = row;
          const facts = { importId, fileName, created, changed, held, closed, refused };
          await record({ action: 'accounts.import-confirmed', facts });
        });
      } catch (error) {
        running = null;
        throw error;
      }
      // Not awaited: the console reads the progress, and the import's end is stored with it.
      applying = apply(row, origin)
        .catch(onFault)
        .finally(() => {
          running = null;
        });
      return imports.get(importId);
    },

    applied: () => applying,

    async stop() {
      isStopping = true;
      await applying;
    },

    async undo(importId, origin) {
      const row = await rowOf(importId);
      if (undoUntil(row, now()) === null) throw new Refusal('import.not-undoable');
      if (running !== null) throw new Refusal('import.already-running');
      running = importId;
      try {
        const { restored, kept } = await undoImport(importId, origin);
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
          const facts = { importId, fileName: row.file_name, restored, kept: kept.length };
          await record({ action: 'accounts.import-undone', facts });
        });
      } finally {
        running = null;
      }
      return imports.get(importId);
    },

    async rows(importId, kind, after, limit) {
      await rowOf(importId);
      const rows = await store.db
        .selectFrom('import_rows')
        .select(['line', 'kind', 'account_id', 'data', 'fields'])
        .where('import_id', '=', importId)
        .where('kind', '=', kind)
        .where('line', kind === 'closed' ? '<' : '>', after)
        .orderBy('line', kind === 'closed' ? 'desc' : 'asc')
        .limit(limit + 1)
        .execute();
      return { rows: rows.slice(0, limit).map(importRowOf), more: rows.length > limit };
    },

    async warnings(importId) {
      await rowOf(importId);
      const rows = await store.db
        .selectFrom('import_warnings')
        .selectAll()
        .where('import_id', '=', importId)
        .orderBy('rows', 'desc')
        .orderBy('first_line')
        .execute();
      return rows.map(({ reason, field, value, rows: count, first_line: firstLine }) => ({
        reason: reason as ImportWarning['reason'],
        field: field as ImportWarning['field'],
        value,
        rows: count,
        firstLine,
      }));
    },

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
        { fileName: 'samples.csv', bytesTotal: csv.length, mapping: samplesMapping, source: 'samples' },
        origin,
      );
      await imports.upload(made.id, Readable.from([csv]), origin);
      await imports.confirm(made.id, origin);
      await applying;
      return imports.get(made.id);
    },

    async settleInterruptedImports() {
      const open = await store.db
        .selectFrom('imports')
        .select('id')
        .where('state', 'in', ['waiting', 'analysing', 'running'])
        .execute();
      const failure: ImportView['failure'] = {
        code: 'internal.unexpected',
        line: null,
        detail: 'The backend stopped during the import',
      };
      for (const { id } of open) await end(id, 'failed', failure, systemOrigin);
    },

    async sweep() {
      const waiting = await store.db
        .selectFrom('imports')
        .select(['id', 'started_at', 'bytes_total'])
        .where('state', '=', 'waiting')
        .where('started_at', '<', now() - waitLimitMs)
        .execute();
      for (const { id, started_at, bytes_total } of waiting) {
        const limit = waitLimitMs + (bytes_total ?? 0) / slowestUpload;
        if (started_at < now() - limit) await end(id, 'failed', lateFailure, systemOrigin);
      }
      const unconfirmed = await store.db
        .selectFrom('imports')
        .select('id')
        .where('state', '=', 'ready')
        .where('analysed_at', '<', now() - confirmWithinMs)
        .execute();
      for (const { id } of unconfirmed) await end(id, 'cancelled', null, systemOrigin);
      await dropOldRows(store, now() - undoForMs);
    },
  };
  return imports;
}
