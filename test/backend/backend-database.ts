import { sql, type Kysely } from 'kysely';
import type { TestDatabase } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import type { Tables } from '../../backend/store/tables.ts';

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
    /** Changes rows as an older version or an attacker could have left them. */
    changeRows: (change: (db: Kysely<Tables>) => Promise<unknown>) =>
      reading((_reader, writer) => change(writer)),
    /** Every row of every table. */
    readTables: () =>
      reading(async (db) => {
        const tables: Record<string, Record<string, unknown>[]> = {};
        for (const { name, isView } of await db.introspection.getTables()) {
          if (isView || name.startsWith('account_search')) continue;
          const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
          // Sorted by content, because PostgreSQL moves rows that are written.
          const text = (row: object) => JSON.stringify(row);
          tables[name] = rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
        }
        return tables;
      }),
  };
}
