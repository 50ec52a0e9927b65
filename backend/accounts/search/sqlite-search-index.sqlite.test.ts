import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, it } from 'vitest';
import { putEmptySqlite } from '../../store/sqlite-for-test.ts';
import { searchIndexOn } from './sqlite-search-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
afterEach(() => rmSync(folder, { recursive: true }));

it('counts all accounts in an index, without reading their rows', async () => {
  const file = join(folder, 'reset-desk.db');
  await putEmptySqlite(file);
  const database = new Database(file);
  const run: string[] = [];
  const index = searchIndexOn({
    prepare: (text: string) => {
      const statement = database.prepare(text);
      return {
        get: (...values: unknown[]) => {
          run.push(text);
          return statement.get(...values) as unknown;
        },
      };
    },
  } as unknown as Database.Database);
  expect(await index.count()).toBe(0);
  const plans = run.flatMap(
    (text) => database.prepare(`explain query plan ${text}`).all() as { detail: string }[],
  );
  expect(plans.map(({ detail }) => detail).join('\n')).toContain('USING COVERING INDEX');
  database.close();
});
