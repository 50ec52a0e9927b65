import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openSqlite } from './open-sqlite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it('a failed migration leaves a database that the next start can migrate', async () => {
  const file = join(folder, 'reset-desk.db');
  // oxlint-disable-next-line typescript/unbound-method -- called with the database as its `this`.
  const { prepare } = Database.prototype;
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function failing(this: Database.Database, text) {
    if (text.startsWith('create table "cases"')) throw new Error('No room');
    return prepare.call(this, text);
  });
  await expect(openSqlite(file)).rejects.toThrow('The database could not be migrated');
  vi.restoreAllMocks();
  const database = new Database(file, { readonly: true });
  const tables = database.prepare("select name from sqlite_master where name = 'settings'").all([]);
  database.close();
  expect(tables).toEqual([]);
  const db = await openSqlite(file);
  expect(await db.selectFrom('cases').selectAll().execute()).toEqual([]);
  await db.destroy();
});
