import { sql } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { Transaction } from '../../store/store.ts';
import { importedColumns, type BatchRows } from './batch-rows.ts';
import { jsonText } from '../../store/json-text.ts';

const columns = sql.join(importedColumns.map((column) => sql.ref(column)));
const cells = sql.join(importedColumns.map((column) => sql.ref(`fresh.${column}`)));
/** Rows from a JSON text, with the table's own columns and types. */
const fresh = (rows: readonly unknown[]) =>
  sql`json_populate_recordset(null::accounts, ${jsonText(rows)}::json) as fresh`;

/** A batch's statements for PostgreSQL. */
export const postgresqlBatchRows = (tx: Transaction): BatchRows => ({
  byId: async (ids) => {
    const { rows } = await sql<AccountRow>`select * from accounts where id = any(${ids}::text[])`.execute(tx);
    return rows;
  },
  insert: async (rows, { directory, directory_id: directoryId }, now) => {
    await sql`insert into accounts (${columns}, directory, directory_id, created_at, updated_at)
      select ${cells}, ${directory}::text, ${directoryId}::text, ${now}::bigint, ${now}::bigint from ${fresh(rows)}`.execute(
      tx,
    );
  },
  update: async (rows, now) => {
    await sql`update accounts set (${columns}, updated_at) = (${cells}, ${now}::bigint)
      from ${fresh(rows)} where accounts.id = fresh.id`.execute(tx);
  },
  markSeen: async (ids, importId) => {
    await sql`update accounts set seen_in_import = ${importId} where id = any(${ids}::text[])`.execute(tx);
  },
  stage: async (importId, rows) => {
    await sql`insert into import_rows (import_id, line, kind, account_id, data, fields)
      select ${importId}, line, kind, account_id, data, fields
      from json_populate_recordset(null::import_rows, ${jsonText(rows)}::json)`.execute(tx);
  },
  keepBefore: async (importId, rows) => {
    await sql`update import_rows set before = kept.before
      from json_to_recordset(${jsonText(rows)}::json) as kept(line integer, before text)
      where import_rows.import_id = ${importId} and import_rows.line = kept.line`.execute(tx);
  },
});
