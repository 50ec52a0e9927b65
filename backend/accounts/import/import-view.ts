import type { Selectable } from 'kysely';
import type { ImportView } from '../../../shared/api/import.ts';
import type { ImportsTable } from '../../store/tables.ts';

/** An import for the console. */
export const importViewOf = (row: Selectable<ImportsTable>): ImportView => ({
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
