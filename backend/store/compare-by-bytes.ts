import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Makes PostgreSQL compare and sort text as SQLite does, byte by byte, whatever language the server was set up for: ranges of keys and the
 * order of answers are then the same on both. Columns that are so already are left alone.
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
