import { Readable } from 'node:stream';
import type { ImportMapping, ImportPreview, ImportRefusal, ImportView } from '../../../shared/api/import.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import { deskZone } from '../../policy/desk-zone.ts';
import { Refusal } from '../../refusal.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { Transaction, Store } from '../../store/store.ts';
import { announceImport } from './announce-import.ts';
import { createImportEnds } from './end-import.ts';
import { importViewOf } from './import-view.ts';
import { type PreviewChoice, previewOf } from './recognise.ts';
import { createRememberedMappings } from './remembered-mappings.ts';
import { createRunImport } from './run-import.ts';
import { samplesCsv, samplesMapping } from './samples.ts';

export interface Imports {
  /** Proposes how a file is read, by its first bytes (of a workbook: by all of them). */
  preview(head: Buffer, isWhole: boolean, chosen: PreviewChoice): Promise<ImportPreview>;
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

export function createImports({
  store,
  contactsChanged = () => Promise.resolve(),
  zone = () => Promise.resolve(deskZone({ timeZone: '' })),
  now,
}: {
  store: Store;
  /** Queues the mails to the owners, in the transaction of the batch. */
  contactsChanged?: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  /** The time zone in which days end. */
  zone?: () => Promise<string>;
  now: () => number;
}): Imports {
  let running: string | null = null;
  const { end, unstored } = createImportEnds({ store, now });
  const remembered = createRememberedMappings({ store, now });
  const run = createRunImport({ store, contactsChanged, end, remembered, zone, now });

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
        // Announced and recorded by `create`; from here on each batch records itself.
        const started = await store.writeUnaudited((tx) =>
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

    async get(importId) {
      const failure = await unstored(importId);
      const view = importViewOf(await rowOf(importId));
      return failure === null
        ? view
        : { ...view, state: 'failed', failure, endedAt: new Date(now()).toISOString() };
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
    },
  };
  return imports;
}
