import Database from 'libsql';
import { Client } from 'pg';
import type { TestDatabase } from '../../backend/store/database-for-test.ts';

type Row = Record<string, unknown>;

/**
 * The rows of a query, read directly from the database: PostgreSQL if `database` is given, otherwise the SQLite file. PostgreSQL answers counts as
 * text.
 */
export async function readRows(
  database: TestDatabase | null,
  sqliteFile: string,
  query: string,
): Promise<Row[]> {
  if (database === null) {
    const file = new Database(sqliteFile, { readonly: true });
    try {
      return file.prepare(query).all() as Row[];
    } finally {
      file.close();
    }
  }
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}
