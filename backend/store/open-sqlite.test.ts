import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkSqlite } from './check-sqlite.ts';
import { openSqlite } from './open-sqlite.ts';
import { putEmptySqlite } from './sqlite-for-test.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const put = async (db: Awaited<ReturnType<typeof openSqlite>>, name: string) => {
  await db.insertInto('settings').values({ name, value: '1', sealed: 0, changed_at: 0 }).execute();
};
/** The settings in a copy of the file without its log. */
const copied = async (file: string) => {
  const copy = join(folder, 'copy.db');
  copyFileSync(file, copy);
  const db = await openSqlite(copy);
  const rows = await db.selectFrom('settings').select('name').orderBy('name').execute();
  await db.destroy();
  return rows.map(({ name }) => name);
};

it('leaves one complete file when it is closed', async () => {
  const file = join(folder, 'reset-desk.db');
  const db = await openSqlite(file);
  await put(db, 'one');
  await db.destroy();
  expect(await copied(file)).toEqual(['one']);
});

it('closes without waiting for a reader, who keeps its snapshot', async () => {
  const file = join(folder, 'reset-desk.db');
  const [db, reader] = [await openSqlite(file), await openSqlite(file)];
  await put(db, 'one');
  await reader.connection().execute(async (connection) => {
    const read = () => connection.selectFrom('settings').select('name').execute();
    await sql`begin`.execute(connection);
    expect(await read()).toHaveLength(1);
    await put(db, 'two');
    await db.destroy();
    expect(await read()).toHaveLength(1);
    await sql`commit`.execute(connection);
  });
  await reader.destroy();
  expect(await copied(file)).toEqual(['one', 'two']);
});

it('makes the file readable by its owner alone', async () => {
  const file = join(folder, 'reset-desk.db');
  await (await openSqlite(file)).destroy();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  const db = await openSqlite(file);
  await put(db, 'one');
  for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
  await db.destroy();
});

/** Runs code in another process, in which `database` is the open file. */
const elsewhere = (file: string, code: string) =>
  spawnSync(
    process.execPath,
    [
      '--eval',
      `const Database = require('libsql'); const database = new Database(${JSON.stringify(file)}); ${code}`,
    ],
    { cwd: import.meta.dirname },
  );

it('keeps its log when another process opens and closes the database', async () => {
  const file = join(folder, 'reset-desk.db');
  await putEmptySqlite(file);
  const killed = elsewhere(
    file,
    "database.exec('pragma journal_mode = wal'); database.exec('create table left_beside (id)'); process.kill(process.pid, 'SIGKILL');",
  );
  expect([killed.signal, existsSync(`${file}-wal`)]).toEqual(['SIGKILL', true]);
  // As at a start: the check of all pages opens the database as well.
  checkSqlite(file);
  const db = await openSqlite(file);
  await put(db, 'one');
  const log = statSync(`${file}-wal`).ino;
  expect(elsewhere(file, "database.exec('select id from left_beside'); database.close();").status).toBe(0);
  await put(db, 'two');
  expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.ino).toBe(log);
  await db.destroy();
});

it('runs a migration that is missing between those that the database has', async () => {
  const file = join(folder, 'reset-desk.db');
  const older = await openSqlite(file);
  await sql`drop table protected_changes`.execute(older);
  await sql`delete from kysely_migration where name = '0027-protected-changes'`.execute(older);
  await older.destroy();
  const db = await openSqlite(file);
  expect(await db.selectFrom('protected_changes').selectAll().execute()).toEqual([]);
  await db.destroy();
});
