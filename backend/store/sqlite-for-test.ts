import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from './open-sqlite.ts';

async function makeEmpty(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'reset-desk-empty-'));
  const file = join(folder, 'reset-desk.db');
  // Closed, it is one file: what is in the log beside it is written back.
  await (await openSqlite(file)).destroy();
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}
let empty: Promise<Buffer> | undefined;

/** Puts a database with every table and no row there, made once and copied, as createTestDatabase does on PostgreSQL. */
export async function putEmptySqlite(file: string): Promise<void> {
  empty ??= makeEmpty();
  await writeFile(file, await empty, { mode: 0o600 });
}
