import { randomUUID } from 'node:crypto';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import { missingFields } from './columns/propose-columns.ts';

/** A file that is about to arrive. */
export interface AnnouncedImport {
  readonly fileName: string;
  readonly bytesTotal: number | null;
  readonly mapping: ImportMapping;
  /** The system that the accounts come from; `file` if it was not named. */
  readonly source?: string;
  /** The file has every account of its source. */
  readonly complete?: boolean;
}

/** Stores an import that waits for its file and returns its id. Throws `import.mapping` if a required field has no column. */
export async function announceImport(
  store: Store,
  { fileName, bytesTotal, mapping, source = 'file', complete = false }: AnnouncedImport,
  origin: Origin,
  at: number,
): Promise<string> {
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
        started_at: at,
        ended_at: null,
        failure: null,
        source,
        complete: complete ? 1 : 0,
      })
      .execute();
    await record({ action: 'accounts.import-started', facts: { importId: id, fileName, source, complete } });
  });
  return id;
}
