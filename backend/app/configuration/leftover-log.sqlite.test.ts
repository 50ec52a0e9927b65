import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertOwnLog } from './leftover-log.ts';

describe('a write-ahead log that was left beside a database', () => {
  let folder: string;
  let file: string;
  let database: Database.Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    file = join(folder, 'reset-desk.db');
    // Another file. Its copies are those that a killed process leaves behind.
    database = new Database(join(folder, 'running.db'));
    database.exec('pragma journal_mode = wal');
    database.exec('pragma wal_autocheckpoint = 0');
    database.exec('create table t (x)');
    database.exec("insert into t values ('one')");
    database.exec('pragma wal_checkpoint(truncate)');
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const copy = (suffix: string) => copyFileSync(join(folder, `running.db${suffix}`), `${file}${suffix}`);
  /** Uses a difference that every file system's clock shows, so that no test has to wait. */
  const assert = () => {
    assertOwnLog(file, 0);
  };
  /** Writes to the copy again until the file system's clock has moved on since the log was written. */
  const touchLater = (write: () => void) => {
    do write();
    while (statSync(file).ctimeMs <= statSync(`${file}-wal`).ctimeMs);
  };

  it('is its own after a kill', () => {
    database.exec("insert into t values ('two')");
    copy('');
    copy('-wal');
    assert();
  });

  it('is its own if all of it has been copied into the file', () => {
    database.exec("insert into t values ('two')");
    database.exec('pragma wal_checkpoint(passive)');
    copy('-wal');
    touchLater(() => copy(''));
    assert();
  });

  it('is refused if the file was replaced by a backup', () => {
    const backup = join(folder, 'backup.db');
    database.exec(`vacuum into '${backup}'`);
    database.exec("insert into t values ('two')");
    copy('-wal');
    touchLater(() => copyFileSync(backup, file));
    expect(assert).toThrow('reset-desk-backend restore');
    // The usual tolerance covers what a file system does within seconds.
    assertOwnLog(file);
  });

  it('is ignored if it is empty or cut before its first commit', () => {
    database.exec("insert into t values ('two')");
    copy('-wal');
    touchLater(() => copy(''));
    expect(assert).toThrow('-wal');
    truncateSync(`${file}-wal`, 100);
    touchLater(() => copy(''));
    assert();
    truncateSync(`${file}-wal`, 0);
    assert();
  });
});
