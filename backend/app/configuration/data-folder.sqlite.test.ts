import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import type { FolderLock } from './folder-lock.ts';

describe('a data folder', () => {
  let folder: string;
  let lines: string[];
  let locks: FolderLock[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    lines = [];
    locks = [];
  });
  afterEach(() => {
    for (const lock of locks) lock.release();
    rmSync(folder, { recursive: true });
  });
  const open = (keepsDatabase = true) => {
    const lock = openDataFolder(folder, keepsDatabase, (event, facts) =>
      lines.push(JSON.stringify({ event, ...facts })),
    );
    locks.push(lock);
    return lock;
  };
  const thrownBy = (work: () => unknown): unknown => {
    try {
      work();
    } catch (thrown) {
      return thrown;
    }
    return null;
  };
  const put = (name: string, content = 'x') => writeFileSync(join(folder, name), content, { mode: 0o600 });

  it('is refused to a second backend, with the process that has it', () => {
    const lock = open();
    expect(thrownBy(open)).toMatchObject({
      code: 'folder.in-use',
      message: expect.stringContaining(`process ${process.pid} on ${hostname()}, since 20`),
    });
    locks = [];
    lock.release();
    open();
  });

  it.each([0o777, 0o775, 0o757, 0o705, 0o730])(
    'with mode %o is closed to others with a line in the log',
    (mode) => {
      chmodSync(folder, mode);
      open();
      expect(statSync(folder).mode & 0o027).toBe(0);
      expect(lines).toEqual([
        JSON.stringify({ event: 'data-folder-closed-to-others', was: mode.toString(8) }),
      ]);
    },
  );

  it.each([0o700, 0o750])('with mode %o stays as it is', (mode) => {
    chmodSync(folder, mode);
    open();
    expect([statSync(folder).mode & 0o777, lines]).toEqual([mode, []]);
  });

  it.each(['reset-desk.db', 'reset-desk.db-wal', 'reset-desk.db-shm', 'secret.key'])(
    'with a link in place of %s is refused',
    (name) => {
      put('elsewhere');
      symlinkSync(join(folder, 'elsewhere'), join(folder, name));
      expect(thrownBy(open)).toMatchObject({ code: 'folder.link', detail: name });
    },
  );

  it('with a key beside a missing or empty database is refused', () => {
    put('secret.key');
    expect(thrownBy(open)).toMatchObject({ code: 'folder.database-missing' });
    put('reset-desk.db', '');
    expect(thrownBy(open)).toMatchObject({ code: 'folder.database-missing' });
    // The database is on a PostgreSQL server.
    open(false);
  });

  it('that was refused is free for the next start', () => {
    put('secret.key');
    expect(thrownBy(open)).toMatchObject({ code: 'folder.database-missing' });
    put('reset-desk.db', 'something');
    open();
  });
});
