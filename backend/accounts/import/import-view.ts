import type { Selectable } from 'kysely';
import type { ImportView } from '../../../shared/api/import-view.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';

/** Milliseconds after its end in which an import can be undone. */
export const undoForMs = 7 * 24 * 60 * 60_000;

/** The stored import; throws `import.not-found`. */
export async function readImport(store: Store, importId: string): Promise<Selectable<ImportsTable>> {
  const row = await store.db.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst();
  if (!row) throw new Refusal('import.not-found');
  return row;
}

const isUndoable = ({ state, applied }: Selectable<ImportsTable>): boolean =>
  applied > 0 && (state === 'finished' || state === 'cancelled' || state === 'failed');

/** Until when an import can be undone, in milliseconds; null if it cannot. */
export const undoUntil = (row: Selectable<ImportsTable>, now: number): number | null => {
  const until = (row.ended_at ?? 0) + undoForMs;
  return isUndoable(row) && until > now ? until : null;
};

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function countsOf(analysis: string): Pick<ImportView, 'counts' | 'massChanges'> {
  const { counts, massChanges } = JSON.parse(analysis) as Pick<ImportView, 'counts' | 'massChanges'>;
  return { counts, massChanges };
}

/** An import for the console. `now` in milliseconds. */
export const importViewOf = (row: Selectable<ImportsTable>, now: number): ImportView => ({
  ...(row.analysis === null ? { counts: null, massChanges: [] } : countsOf(row.analysis)),
  held: row.held,
  closed: row.closed,
  source: row.source,
  complete: row.complete === 1,
  applied: row.applied,
  undoUntil: iso(undoUntil(row, now)),
  undone: row.undone_at === null ? null : { restored: row.restored, kept: row.kept },
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
  endedAt: iso(row.ended_at),
  failure: row.failure === null ? null : (JSON.parse(row.failure) as ImportView['failure']),
});
