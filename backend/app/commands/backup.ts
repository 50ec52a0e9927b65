import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'libsql';
import { databaseFileName, keyFileName } from '../configuration/data-folder.ts';
import { noteBackup } from '../configuration/last-backup.ts';
import { UsageError, type Command } from './command.ts';
import { assertKeptInFile, backupFolders, isEmptyBut, isInside, makeNamedFolder } from './copy-places.ts';
import { folderOf } from './open-for-writing.ts';

function copyData(folder: string, target: string, withKey: boolean): void {
  const database = new Database(join(folder, databaseFileName), { readonly: true });
  try {
    // Copies the database at one moment, including the write-ahead log, without disturbing readers and writers.
    database.prepare('vacuum into ?').run([join(target, databaseFileName)]);
  } finally {
    database.close();
  }
  chmodSync(join(target, databaseFileName), 0o600);
  for (const name of backupFolders) {
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(target, name), { recursive: true });
  }
  if (!withKey) return;
  cpSync(join(folder, keyFileName), join(target, keyFileName), { mode: 0 });
  chmodSync(join(target, keyFileName), 0o600);
}

/** Backs up a SQLite data folder, even while the backend runs. */
export const backup: Command = {
  name: ['backup'],
  summary:
    'Copies the SQLite database, the outbox and the delivery reports into an empty folder. Can be used while the backend runs. Copies the key only with --with-key.',
  options: [
    ['FOLDER', 'the folder for the copy, which must be empty or not exist'],
    ['--data DIR', 'the data folder; default RESET_DESK_DATA'],
    ['--with-key', 'also copy secret.key; with key and database, all encrypted values can be read'],
  ],
  run: async (args, variables, { out }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: { data: { type: 'string' }, 'with-key': { type: 'boolean' } },
    });
    const [target, ...more] = positionals;
    if (target === undefined || more.length > 0) throw new UsageError('Give one folder for the copy.');
    assertKeptInFile(variables, 'pg_dump');
    const folder = folderOf(values.data, variables);
    const source = join(folder, databaseFileName);
    if (!existsSync(source))
      throw new UsageError(`There is no SQLite database in ${folder}. Back up PostgreSQL with pg_dump.`);
    if (isInside(target, folder))
      throw new UsageError(
        `${target} is in the data folder and would be lost together with it. Name another folder.`,
      );
    if (!isEmptyBut(target)) throw new UsageError(`${target} is not empty.`);
    makeNamedFolder(target);
    try {
      copyData(folder, target, values['with-key'] === true);
    } catch (thrown) {
      // Half a copy must not look like a backup.
      for (const name of [databaseFileName, `${databaseFileName}-journal`, keyFileName, ...backupFolders])
        rmSync(join(target, name), { recursive: true, force: true });
      const reason = thrown instanceof Error ? thrown.message : 'unknown reason';
      throw new Error(`The copy to ${target} failed: ${reason}`, { cause: thrown });
    }
    noteBackup(folder, Date.now());
    out(`Copied to ${target}.`);
    out(
      values['with-key'] === true
        ? `It contains ${keyFileName}. Protect the folder as well as the backend’s own.`
        : `It does not contain ${keyFileName}. Keep a copy of the key elsewhere.`,
    );
    return 0;
  },
};
