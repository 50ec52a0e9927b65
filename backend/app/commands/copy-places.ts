import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { makeFolder } from '../configuration/make-folder.ts';
import { UsageError, type Variables } from './command.ts';

/** The folders beside the database that a backup holds: mails kept as files, and delivery reports. */
export const backupFolders = ['outbox', 'bounces'];

/** Whether a folder does not exist or holds nothing but the named files. */
export function isEmptyBut(folder: string, ...names: string[]): boolean {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) throw new UsageError(`${folder} is not a folder.`);
  return readdirSync(folder).every((name) => names.includes(name));
}

/** The path without links, of a file that need not exist. */
function realPathOf(path: string): string {
  const whole = resolve(path);
  return existsSync(whole) ? realpathSync(whole) : join(realPathOf(dirname(whole)), basename(whole));
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(realPathOf(folder), realPathOf(path));
  return !way.startsWith('..') && !isAbsolute(way);
}

/** Creates the folder that a command was told to write to. */
export function makeNamedFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : `${folder} cannot be created.`, {
      cause: thrown,
    });
  }
}

/** Throws if the environment names PostgreSQL: the data folder's SQLite file, if there is one, is then not the database. */
export function assertKeptInFile(variables: Variables, tool: 'pg_dump' | 'pg_restore'): void {
  if (variables['RESET_DESK_DATABASE_URL'] === undefined) return;
  throw new UsageError(
    `RESET_DESK_DATABASE_URL names a PostgreSQL database, and this command is for SQLite. Use ${tool}, or remove the variable.`,
  );
}
