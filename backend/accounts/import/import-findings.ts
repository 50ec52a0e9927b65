import type { ImportWarning } from '../../../shared/api/import-file.ts';
import type { importRowKinds, ImportRefusal, ImportRow } from '../../../shared/api/import-view.ts';
import type { Store } from '../../store/store.ts';
import { planOf } from './analyse-rows.ts';
import type { StoredRow } from './batch-rows.ts';
import { readImport } from './import-view.ts';

/** The results of reading a file. Each throws `import.not-found` for an import that does not exist. */
export interface ImportFindings {
  rows(
    importId: string,
    kind: (typeof importRowKinds)[number],
    after: number,
    limit: number,
  ): Promise<{ rows: ImportRow[]; more: boolean }>;
  warnings(importId: string): Promise<ImportWarning[]>;
  refusals(
    importId: string,
    afterLine: number,
    limit: number,
  ): Promise<{ refusals: ImportRefusal[]; more: boolean }>;
}

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

export function createImportFindings(store: Store): ImportFindings {
  return {
    async rows(importId, kind, after, limit) {
      await readImport(store, importId);
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
      await readImport(store, importId);
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

    async refusals(importId, afterLine, limit) {
      await readImport(store, importId);
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
  };
}
