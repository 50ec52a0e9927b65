import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { openSqlite } from './open-sqlite.ts';

/** Reads a closed database as one file's bytes, after writing its log back into the file. */
export async function readSqlite(file: string): Promise<Buffer> {
  const database = new Database(file);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  return readFile(file);
}

async function makeEmpty(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'reset-desk-empty-'));
  const file = join(folder, 'reset-desk.db');
  await (await openSqlite(file)).destroy();
  const bytes = await readSqlite(file);
  await rm(folder, { recursive: true });
  return bytes;
}
let empty: Promise<Buffer> | undefined;

/** Writes a migrated, empty database to `file`. It is created once and then copied, as createTestDatabase does on PostgreSQL. */
export async function putEmptySqlite(file: string): Promise<void> {
  empty ??= makeEmpty();
  await writeFile(file, await empty, { mode: 0o600 });
}
