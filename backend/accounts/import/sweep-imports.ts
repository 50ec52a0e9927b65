import type { ImportView } from '../../../shared/api/import-view.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import type { ImportEnds } from './end-import.ts';
import { undoForMs } from './import-view.ts';

/** Ends imports that were interrupted or abandoned. */
export interface ImportSweeps {
  /** At the start: marks imports that a crash interrupted as failed. */
  settleInterruptedImports(): Promise<void>;
  /** Fails imports whose file did not start to arrive in time, cancels unconfirmed ones, and deletes rows that can no longer be undone. */
  sweep(): Promise<void>;
}

/** Milliseconds in which the first byte of a file must arrive. */
const waitLimitMs = 10 * 60_000;
/** Bytes per millisecond, 1 Mbit/s. A proxy that buffers the whole file delays its first byte by the time of the upload. */
const slowestUpload = 125;

const lateFailure: ImportView['failure'] = {
  code: 'import.interrupted',
  line: null,
  detail: 'The file did not arrive',
};

/** Milliseconds in which an administrator must confirm the rows. */
const confirmWithinMs = 24 * 60 * 60_000;
/** Rows that a sweep deletes at once. */
const sweepRows = 20_000;

/** Deletes rows of imports that can no longer be undone, a limited number at a time. */
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

export function createImportSweeps({
  store,
  end,
  now,
}: {
  readonly store: Store;
  readonly end: ImportEnds['end'];
  readonly now: () => number;
}): ImportSweeps {
  return {
    async settleInterruptedImports() {
      const open = await store.db
        .selectFrom('imports')
        .select(['id', 'state'])
        .where('state', 'in', ['waiting', 'analysing', 'running'])
        .execute();
      const detail = 'The backend stopped during the import';
      for (const { id, state } of open) {
        // Nothing is imported before the file is confirmed.
        const code = state === 'running' ? 'import.stopped' : 'import.interrupted';
        await end(id, 'failed', { code, line: null, detail }, systemOrigin);
      }
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
}
