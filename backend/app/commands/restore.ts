import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Kysely } from 'kysely';
import { databaseSource } from '../../audit/verify/database-source.ts';
import { verifyChain } from '../../audit/verify/verify-chain.ts';
import { appendEvent, systemOrigin } from '../../store/append-event.ts';
import { createAuditKey, type AuditKey } from '../../store/audit-key.ts';
import { checkWholeSqlite } from '../../store/check-sqlite.ts';
import { writeCheckpoint } from '../../store/checkpoint.ts';
import { stateOfSchema } from '../../store/migrate.ts';
import type { Tables } from '../../store/tables.ts';
import { databaseFileName, keyFileName } from '../configuration/data-folder.ts';
import { keyOfDatabase } from '../configuration/database-key.ts';
import { lockFolder } from '../configuration/folder-lock.ts';
import { connectDatabase } from '../configuration/open-database.ts';
import { readKeyFile, readSecretKey } from '../configuration/secret-key.ts';
import { UsageError, type Command, type Output } from './command.ts';
import { assertKeptInFile, backupFolders, isEmptyBut, makeNamedFolder } from './copy-places.ts';
import { folderOf } from './open-for-writing.ts';
import { openFileForReading } from './open-for-reading.ts';
import { describeVerdict } from './verdict-texts.ts';

/** Files that a start leaves in a folder that it refused. */
const leftByStarts = ['running.lock', 'running.json'];

/** The ends of the names of files that SQLite keeps beside a database. */
const sqliteLogs = ['-wal', '-shm', '-journal'];

/** Finds the copy of the database: the file itself, or the one in a folder that `backup` wrote. */
function copyOf(given: string): string {
  const file = existsSync(given) && statSync(given).isDirectory() ? join(given, databaseFileName) : given;
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  // Opening a pipe would wait for ever.
  if (!statSync(file).isFile()) throw new UsageError(`${file} is not a file.`);
  for (const log of [`${file}-wal`, `${file}-journal`]) {
    if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) === 0) continue;
    throw new UsageError(
      `${file} was copied while a backend wrote to it, or the copy was not completed, so the log ${log} beside it may not belong to it. Use a copy that was made with reset-desk-backend backup, or while the backend was stopped.`,
    );
  }
  assertNoDump(file);
  return file;
}

/** What a dump of PostgreSQL begins with, in its own format and as SQL. */
const dumpBeginnings = ['PGDMP', '--\n-- PostgreSQL database'];

function assertNoDump(file: string): void {
  const beginning = Buffer.alloc(64);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, beginning, 0, beginning.length, 0);
  closeSync(descriptor);
  const text = beginning.toString('latin1', 0, length);
  if (dumpBeginnings.some((words) => text.startsWith(words)))
    throw new UsageError(`${file} is a dump of a PostgreSQL database. Restore it with pg_restore or psql.`);
}

/** The key of the copy: the file or folder that the option names, the key in the data folder, or the one beside the copy. */
function keyFileOf(option: string | undefined, kept: string, copy: string): string {
  const named = option ?? (existsSync(kept) ? kept : join(dirname(copy), keyFileName));
  const file = existsSync(named) && statSync(named).isDirectory() ? join(named, keyFileName) : named;
  if (!existsSync(file))
    throw new UsageError(
      option === undefined ? 'Give the key of the copy with --key FILE.' : `There is no key ${file}.`,
    );
  if (!statSync(file).isFile()) throw new UsageError(`${file} is not a file.`);
  if (existsSync(kept) && realpathSync(file) !== realpathSync(kept))
    throw new UsageError(`${dirname(kept)} already has a key. Leave out --key, or move that key away.`);
  return file;
}

/** Throws with the reason if the copy cannot be used by this version under this key. */
async function assertUsable(file: string, key: AuditKey): Promise<void> {
  const db = openFileForReading(file);
  try {
    if ((await stateOfSchema(db)) === 'none')
      throw new UsageError(
        `${file} is not a database of Reset Desk. Give the reset-desk.db of a backup, or the folder that contains it.`,
      );
    const known = await keyOfDatabase(db);
    if (known !== null && known.keyId !== key.keyId)
      throw new UsageError(`The copy belongs to the key ${known.keyId}, but this is the key ${key.keyId}.`);
    const verdict = await verifyChain(databaseSource(db), { publicKey: key.publicKey });
    if (verdict.fault !== null)
      throw new UsageError(
        [
          'The audit log of the copy is incomplete or was changed.',
          ...describeVerdict(verdict, key.keyId),
        ].join('\n'),
      );
  } finally {
    await db.destroy();
  }
}

/** Reports what the restored copy makes valid again. */
async function reportRevived(db: Kysely<Tables>, { out }: Output, at: number): Promise<void> {
  const count = async (query: { execute(): Promise<unknown[]> }) => (await query.execute()).length;
  const sessions = await count(
    db
      .selectFrom('operator_sessions')
      .select('id')
      .where('ended_at', 'is', null)
      .where('expires_at', '>', at),
  );
  const users = await count(db.selectFrom('user_sessions').select('id').where('expires_at', '>', at));
  const links = await count(
    db
      .selectFrom('reset_links')
      .select('id')
      .where('used_at', 'is', null)
      .where('voided_at', 'is', null)
      .where('expires_at', '>', at),
  );
  const mails = await count(db.selectFrom('mail_queue').select('mail_id'));
  out('Valid again, as at the time of the copy:');
  out(`  ${sessions} sessions of operators, ${users} sessions of users, ${links} reset links`);
  out(`  ${mails} queued emails, which are sent at the next start, although they may have been sent before`);
  out('  passwords, two-factor authentication, and the roles, scopes and states of operators and accounts:');
  out('  check operators who were disabled and accounts that were frozen after the copy was made.');
}

function copyInto(folder: string, file: string): void {
  const target = join(folder, databaseFileName);
  copyFileSync(file, target);
  chmodSync(target, 0o600);
  for (const name of backupFolders) {
    const source = join(dirname(file), name);
    if (existsSync(source)) cpSync(source, join(folder, name), { recursive: true });
  }
}

/** Upgrades the restored database, records that it was restored, and reports what is valid again. */
async function recordRestore(folder: string, file: string, key: AuditKey, output: Output): Promise<void> {
  const at = Date.now();
  const { db, writer, close } = await connectDatabase({ dataFolder: folder, log: output.err });
  try {
    const head = await writer.transaction().execute(async (tx) => {
      const event = {
        action: 'audit.restored',
        facts: { copiedAt: statSync(file).mtime.toISOString() },
      } as const;
      const appended = await appendEvent(tx, systemOrigin, event, at);
      await writeCheckpoint(tx, key, appended, at);
      return appended;
    });
    output.out(`Restored to ${folder}. The audit log is unbroken up to event ${head.seq - 1}.`);
    await reportRevived(db, output, at);
  } finally {
    await close();
  }
}

/** Restores a copy of a SQLite database into an empty data folder. */
export const restore: Command = {
  name: ['restore'],
  summary:
    'Restores a copy of the SQLite database into an empty data folder. First checks that the copy is complete, that it belongs to the key, and that its audit log was not changed.',
  options: [
    ['FILE', 'the copied database, or the folder that backup wrote'],
    ['--data DIR', 'the new data folder, which may contain only secret.key; default RESET_DESK_DATA'],
    [
      '--key FILE',
      'the secret.key of the copy, or its folder; default the one in DIR, otherwise the one beside FILE',
    ],
  ],
  run: async (args, variables, output) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: { data: { type: 'string' }, key: { type: 'string' } },
    });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new UsageError('Give one copy of a database.');
    assertKeptInFile(variables, 'pg_restore');
    const folder = folderOf(values.data, variables);
    if (!isEmptyBut(folder, keyFileName, ...leftByStarts))
      throw new UsageError(`${folder} is not empty. Move its content away, or give another folder.`);
    const file = copyOf(given);
    checkWholeSqlite(file);
    const keyFile = join(folder, keyFileName);
    const source = keyFileOf(values.key, keyFile, file);
    const hadKey = existsSync(keyFile);
    const key = hadKey ? readSecretKey(folder) : readKeyFile(source);

    makeNamedFolder(folder);
    const lock = lockFolder(folder);
    try {
      await assertUsable(file, createAuditKey(key));
      if (!hadKey) writeFileSync(keyFile, key, { mode: 0o600, flag: 'wx' });
      copyInto(folder, file);
      await recordRestore(folder, file, createAuditKey(key), output);
      return 0;
    } catch (thrown) {
      const written = [
        databaseFileName,
        ...sqliteLogs.map((end) => databaseFileName + end),
        ...backupFolders,
      ];
      for (const name of hadKey ? written : [...written, keyFileName])
        rmSync(join(folder, name), { recursive: true, force: true });
      throw thrown;
    } finally {
      lock.release();
    }
  },
};
