import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAuditForTest } from '../../audit/open-audit-for-test.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import { commandForTest } from './command-for-test.ts';
import { runCommand } from './run-command.ts';

/** A process that opens it waits for ever. */
function replaceByPipe(path: string): void {
  rmSync(path);
  execFileSync('mkfifo', [path]);
}

describe('a copy of a data folder', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  const command = commandForTest();
  const { run } = command;
  let root: string;
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(100);
    mkdirSync(join(audit.folder, 'outbox'));
    writeFileSync(join(audit.folder, 'outbox', 'a.eml'), 'a mail');
    root = mkdtempSync(join(tmpdir(), 'reset-desk-'));
  });
  afterEach(async () => {
    await audit.close();
    rmSync(root, { recursive: true });
  });
  const [copy, target] = [() => join(root, 'copy'), () => join(root, 'target')];
  const backUp = () => run('backup', copy(), '--data', audit.folder, '--with-key');
  const restore = (...more: string[]) => run('restore', copy(), '--data', target(), ...more);
  const file = () => join(copy(), 'reset-desk.db');

  it('restores everything that the database held while it was in use', async () => {
    expect(await backUp()).toBe(0);
    await audit.append(5);
    expect(await restore()).toBe(0);
    expect(command.output.join('\n')).toContain('unbroken up to event 100');
    expect(command.output.join('\n')).toContain('Valid again');
    expect(readFileSync(join(target(), 'outbox', 'a.eml'), 'utf8')).toBe('a mail');
    for (const name of ['reset-desk.db', 'secret.key'])
      expect(statSync(join(target(), name)).mode & 0o777).toBe(0o600);
    expect(await run('audit', 'verify', '--data', target())).toBe(0);
    expect(command.output[0]).toBe('Unbroken: 101 events, up to event 101.');
  });

  it('is not left half-made if a file cannot be copied', async () => {
    const [key, away] = [join(audit.folder, 'secret.key'), join(audit.folder, 'away.key')];
    renameSync(key, away);
    expect(await backUp()).toBe(2);
    expect(readdirSync(copy())).toEqual([]);
    renameSync(away, key);
    expect(await backUp()).toBe(0);
  });

  it('contains the key only on request', async () => {
    expect(await run('backup', copy(), '--data', audit.folder)).toBe(0);
    expect(readdirSync(copy()).toSorted()).toEqual(['outbox', 'reset-desk.db']);
    expect(await restore()).toBe(2);
    expect(command.errors[0]).toContain('--key');
    expect(await restore('--key', join(audit.folder, 'secret.key'))).toBe(0);
  });

  it('is written into an empty folder only', async () => {
    await backUp();
    expect(await backUp()).toBe(2);
    mkdirSync(target());
    writeFileSync(join(target(), 'reset-desk.db-wal'), 'left over');
    expect(await restore()).toBe(2);
    expect(command.errors[0]).toContain('not empty');
    expect(readdirSync(target())).toEqual(['reset-desk.db-wal']);
  });

  it.each<[string, () => void | Promise<void>, string]>([
    ['is cut short', () => truncateSync(file(), 40_960), 'cut short'],
    ['is empty', () => truncateSync(file(), 0), 'not a SQLite database'],
    ['is no database', () => writeFileSync(file(), 'garbage'.repeat(1000)), 'not a SQLite database'],
    [
      'has a damaged page',
      () => {
        const bytes = readFileSync(file());
        bytes.fill(0x5a, 4096 * 4, 4096 * 12);
        writeFileSync(file(), bytes);
      },
      'damaged',
    ],
    ['has a log beside it', () => writeFileSync(`${file()}-wal`, 'x'), 'copied while a backend wrote to it'],
    [
      'belongs to another key',
      () => writeFileSync(join(copy(), 'secret.key'), Buffer.alloc(32, 5)),
      'belongs to the key',
    ],
    [
      'has an altered audit log',
      async () => {
        const db = await openSqlite(file());
        await sql`drop trigger audit_events_no_update`.execute(db);
        await db.updateTable('audit_events').set({ outcome: 'refused' }).where('seq', '=', 40).execute();
        await db.destroy();
      },
      'Event 40 was altered',
    ],
    [
      'is a dump of PostgreSQL',
      () => writeFileSync(file(), '--\n-- PostgreSQL database dump\n--\n'),
      'Restore it with pg_restore or psql',
    ],
    [
      'is the database of another program',
      () => {
        rmSync(file());
        const other = new Database(file());
        other.exec('create table places (id integer)');
        other.close();
      },
      'is not a database of Reset Desk',
    ],
    ['was not completed', () => writeFileSync(`${file()}-journal`, 'x'), 'not completed'],
    ['is a pipe', () => replaceByPipe(file()), 'is not a file'],
    ['has a pipe for its key', () => replaceByPipe(join(copy(), 'secret.key')), 'is not a file'],
    [
      'was written by a newer version',
      async () => {
        const db = await openSqlite(file());
        await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '')`.execute(
          db,
        );
        await db.destroy();
      },
      'newer',
    ],
  ])('that %s is refused before anything is written', async (_what, spoil, words) => {
    await backUp();
    await spoil();
    expect(await restore()).toBe(2);
    expect(command.errors.join('\n')).toContain(words);
    const left = existsSync(target()) ? readdirSync(target()) : [];
    expect(left.filter((name) => name !== 'running.lock')).toEqual([]);
  });

  it('leaves nothing behind if it fails after the files were copied', async () => {
    await backUp();
    const database = new Database(file());
    database.exec('drop table mail_queue');
    database.close();
    expect(await restore()).toBe(2);
    expect(readdirSync(target()).filter((name) => name !== 'running.lock')).toEqual([]);
  });

  it('takes the folder of the key for the key, and names a file that is none', async () => {
    await backUp();
    expect(await restore('--key', file())).toBe(2);
    expect(command.errors[0]).toContain(`${file()} is damaged: it has`);
    expect(existsSync(target())).toBe(false);
    expect(await restore('--key', join(root, 'nowhere'))).toBe(2);
    expect(command.errors[0]).toContain('There is no key');
    expect(await restore('--key', copy())).toBe(0);
    expect(await run('restore', copy(), '--data', join(root, 'other'), '--key', join(root, 'other'))).toBe(2);
  });

  it.each([
    ['inside the data folder', () => join(audit.folder, 'outbox', 'copy'), 'is in the data folder'],
    ['a file', () => join(root, 'x.db'), 'is not a folder'],
    ['below a file', () => join(root, 'x.db', 'copy'), 'x.db is not a folder'],
    ...(process.platform === 'linux'
      ? [['below /proc', () => '/proc/reset-desk/copy', 'ENOENT'] as const]
      : []),
  ] as const)('is not written to a place that is %s', async (_what, place, words) => {
    writeFileSync(join(root, 'x.db'), '');
    expect(await run('backup', place(), '--data', audit.folder)).toBe(2);
    expect(command.errors[0]).toContain(words);
    expect(readdirSync(join(audit.folder, 'outbox'))).toEqual(['a.eml']);
  });

  it.each(['backup', 'restore'])('is not made or used by %s while PostgreSQL is configured', async (name) => {
    const errors: string[] = [];
    const variables = { RESET_DESK_DATABASE_URL: 'postgres://desk:hidden@127.0.0.1/desk' };
    const output = { out: () => undefined, err: (line: string) => errors.push(line) };
    expect(await runCommand([name, copy(), '--data', audit.folder], variables, output)).toBe(2);
    expect(errors[0]).toMatch(/^RESET_DESK_DATABASE_URL names a PostgreSQL database.* Use pg_/);
  });

  it('may be the database file alone, beside which the key is named', async () => {
    await backUp();
    copyFileSync(file(), join(root, 'alone.db'));
    expect(
      await run('restore', join(root, 'alone.db'), '--data', target(), '--key', join(copy(), 'secret.key')),
    ).toBe(0);
  });
});
