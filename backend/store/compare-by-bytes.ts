import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Gives PostgreSQL's text columns the collation "C", which compares byte by byte as SQLite does, so that key ranges and sort orders are the same
 * on both databases and with every server locale. Skips columns that have it already.
 */
export async function compareByBytes(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select columns.table_name as "table", columns.column_name as "column"
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and data_type = 'text'
      and collation_name is distinct from 'C'`.execute(db);
  for (const { table, column } of rows) {
    await sql`alter table ${sql.ref(table)} alter column ${sql.ref(column)} type text collate "C"`.execute(
      db,
    );
  }
}
