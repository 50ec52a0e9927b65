import { sql, type Kysely } from 'kysely';
import type { TestDatabase } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import type { Tables } from '../../backend/store/tables.ts';

type Row = Record<string, unknown>;

/** SQLite's functions take 127 arguments at most. */
const columnsAtOnce = 100;

/**
 * The rows of a table on SQLite, with bytes as hexadecimal digits. They come as one text: the driver takes 0.1 ms for each wide row, and tests that
 * compare all of the database before and after would spend most of their time in it.
 */
async function sqliteRows(db: Kysely<Tables>, table: string, columns: readonly string[]): Promise<Row[]> {
  const values = columns.map((name) => {
    const column = sql.ref(name);
    return sql`case typeof(${column}) when 'blob' then hex(${column}) else ${column} end`;
  });
  const parts = Array.from(
    { length: Math.ceil(values.length / columnsAtOnce) },
    (_, part) => sql`json_array(${sql.join(values.slice(part * columnsAtOnce, (part + 1) * columnsAtOnce))})`,
  );
  const { rows } = await sql<{ text: string }>`
    select json_group_array(json_array(${sql.join(parts)})) as text from ${sql.table(table)}`.execute(db);
  return (JSON.parse(rows[0]?.text ?? '[]') as unknown[][][]).map((row) =>
    Object.fromEntries(row.flat().map((value, at) => [columns[at], value])),
  );
}

/** Sorted by their contents, because PostgreSQL moves rows that are written. */
const byContents = (rows: readonly Row[]): Row[] =>
  rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);

/** A running test backend's database, accessed directly: on PostgreSQL if `database` is given, else the SQLite file. */
export function backendDatabase(database: TestDatabase | null, sqliteFile: string) {
  const reading = async <T>(read: (db: Kysely<Tables>, writer: Kysely<Tables>) => Promise<T>): Promise<T> => {
    const { reader, writer } = database
      ? await openPostgresql(database, () => undefined)
      : { reader: await openSqlite(sqliteFile), writer: null };
    const found = await read(reader, writer ?? reader);
    await reader.destroy();
    await writer?.destroy();
    return found;
  };
  return {
    /** The audit log in the database, oldest first. */
    readAudit: () => reading((db) => db.selectFrom('audit_events').selectAll().orderBy('seq').execute()),
    /** Every row of a table. */
    readTable: (table: keyof Tables) =>
      reading(async (db): Promise<Row[]> => byContents(await db.selectFrom(table).selectAll().execute())),
    /** Changes rows as an older version or an attacker could have left them. */
    changeRows: (change: (db: Kysely<Tables>) => Promise<unknown>) =>
      reading((_reader, writer) => change(writer)),
    /** Every row of every table. */
    readTables: () =>
      reading(async (db) => {
        const tables: Record<string, Row[]> = {};
        for (const { name, columns, isView } of await db.introspection.getTables()) {
          if (isView || name.startsWith('account_search')) continue;
          const rows = database
            ? (await sql<Row>`select * from ${sql.table(name)}`.execute(db)).rows
            : await sqliteRows(
                db,
                name,
                columns.map((column) => column.name),
              );
          tables[name] = byContents(rows);
        }
        return tables;
      }),
  };
}
