import { sql } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { Transaction } from '../../store/store.ts';
import { importedColumns, type BatchRows, type ImportedRow } from './batch-rows.ts';
import { jsonText, withoutHalves } from '../../store/json-text.ts';

type Columns = readonly (typeof importedColumns)[number][];
const namesOf = (columns: Columns) => sql.join(columns.map((column) => sql.ref(column)));
const idAt = importedColumns.indexOf('id');
/** Reads cells by position. By name, SQLite compares all names before each cell, and the insert takes 50 % longer. */
const cells = (columns: Columns, prefix: string) =>
  sql.join(columns.map((_column, at) => sql`${sql.ref(prefix)} ->> ${sql.lit(at)}`));
const cellsOf = (columns: Columns, rows: readonly ImportedRow[]): string =>
  jsonText(rows.map((row) => columns.map((column) => row[column])));

/** Passes all rows as one JSON text: SQLite has no list parameters, and a thousand statements would be slower. */
export const sqliteBatchRows = (tx: Transaction): BatchRows => ({
  byId: async (ids) => {
    const { rows } = await sql<AccountRow>`
      select * from accounts where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(tx);
    return rows;
  },
  insert: async (rows, { directory, directory_id: directoryId }, now) => {
    // Without the columns that no row has: reading cells takes half of the time, and most files have few columns.
    const columns = importedColumns.filter((column) => rows.some((row) => row[column] !== null));
    await sql`insert into accounts (${namesOf(columns)}, directory, directory_id, created_at, updated_at)
      select ${cells(columns, 'value')}, ${directory}, ${directoryId}, ${now}, ${now}
      from json_each(${cellsOf(columns, rows)})`.execute(tx);
  },
  update: async (rows, now) => {
    await sql`update accounts set (${namesOf(importedColumns)}, updated_at) =
        (select ${cells(importedColumns, 'row.value')}, ${now})
      from json_each(${cellsOf(importedColumns, rows)}) as row
      where accounts.id = row.value ->> ${sql.lit(idAt)}`.execute(tx);
  },
  markSeen: async (ids, importId) => {
    await sql`update accounts set seen_in_import = ${importId}
      where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(tx);
  },
  stage: async (importId, rows) => {
    // `data` and `fields` are JSON already. They are inserted as raw JSON instead of JSON strings, which saves escaping and unescaping their quotes.
    const values = rows.map(
      ({ line, kind, account_id, data, fields }) =>
        `[${line},${JSON.stringify(kind)},${JSON.stringify(account_id)},${data ?? 'null'},${fields ?? 'null'}]`,
    );
    await sql`insert into import_rows (import_id, line, kind, account_id, data, fields)
      select ${importId}, value ->> 0, value ->> 1, value ->> 2, nullif(value -> 3, 'null'), nullif(value -> 4, 'null')
      from json_each(${withoutHalves(`[${values.join(',')}]`)})`.execute(tx);
  },
  keepBefore: async (importId, rows) => {
    const values = jsonText(rows.map(({ line, before }) => [line, before]));
    await sql`update import_rows set before = kept.value ->> 1 from json_each(${values}) as kept
      where import_rows.import_id = ${importId} and import_rows.line = kept.value ->> 0`.execute(tx);
  },
});
