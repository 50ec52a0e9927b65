import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSqlite } from './check-sqlite.ts';
import { putEmptySqlite } from './sqlite-for-test.ts';

describe('a database file before it is opened', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    file = join(folder, 'reset-desk.db');
    await putEmptySqlite(file);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const check = () => {
    checkSqlite(file);
  };
  const spoil = () => {
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096 * 4, 4096 * 12);
    writeFileSync(file, bytes);
  };

  it('passes the check if it is whole or does not exist yet', () => {
    expect(check).not.toThrow();
    expect(() => checkSqlite(join(folder, 'none.db'))).not.toThrow();
  });

  it('is damaged if it is cut short', () => {
    truncateSync(file, readFileSync(file).length - 4096);
    expect(check).toThrow('cut short');
  });

  it.each([
    ['garbage', 'garbage'.repeat(1000)],
    ['one byte', 'x'],
  ])('is damaged if it is %s', (_what, content) => {
    writeFileSync(file, content);
    expect(check).toThrow('not a SQLite database');
  });

  it('is read as a whole only if a log was left beside it', () => {
    spoil();
    expect(check).not.toThrow();
    writeFileSync(`${file}-wal`, Buffer.alloc(32));
    expect(check).toThrow('damaged');
  });
});
