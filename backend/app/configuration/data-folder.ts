import { accessSync, chmodSync, constants, lstatSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { assertOwnLog } from './leftover-log.ts';
import { makeFolder } from './make-folder.ts';
import { StartFault } from './start-fault.ts';

export const databaseFileName = 'reset-desk.db';
export const keyFileName = 'secret.key';

/** Files that must not be links: a link could lead to another user's file, and a backup of the folder would not contain its target. */
const ownFiles = [databaseFileName, `${databaseFileName}-wal`, `${databaseFileName}-shm`, keyFileName];

const statOf = (file: string): Stats | undefined => lstatSync(file, { throwIfNoEntry: false });

/**
 * Removes the right to write from the group, and all rights from others. Windows has no such mode bits; only the user can read a profile folder
 * there.
 */
function closeToOthers(dataFolder: string, onClosed: (mode: string) => void): void {
  if (process.platform === 'win32') return;
  const open = 0o027;
  const { mode } = statSync(dataFolder);
  if ((mode & open) === 0) return;
  const shown = (mode & 0o777).toString(8);
  const fault = (cause?: unknown) =>
    new StartFault(
      'folder.open-to-others',
      `Other users can change or read the data folder ${dataFolder} (mode ${shown}), and the backend cannot change that. Run chmod 700 on it as its owner, then start again.`,
      `${dataFolder}, mode ${shown}`,
      cause,
    );
  try {
    chmodSync(dataFolder, mode & 0o777 & ~open);
  } catch (thrown) {
    throw fault(thrown);
  }
  if ((statSync(dataFolder).mode & open) !== 0) throw fault();
  onClosed(shown);
}

function assertNoLinks(dataFolder: string): void {
  for (const name of ownFiles) {
    if (statOf(join(dataFolder, name))?.isSymbolicLink() !== true) continue;
    throw new StartFault(
      'folder.link',
      `${join(dataFolder, name)} is a link. Put the file itself there. Only the data folder as a whole may be a link or on another disk.`,
      name,
    );
  }
}

function assertDatabaseOfKey(dataFolder: string): void {
  if (statOf(join(dataFolder, keyFileName)) === undefined) return;
  const file = join(dataFolder, databaseFileName);
  const size = statOf(file)?.size ?? 0;
  if (size > 0) return;
  throw new StartFault(
    'folder.database-missing',
    `${dataFolder} has the key ${keyFileName}, but its database ${databaseFileName} is missing or empty. Restore the database from your backup. To start with an empty database, move ${keyFileName} away first.`,
    file,
  );
}

/**
 * Prepares the data folder and takes it for this process: creates it, closes it to other users, and throws a {@link StartFault} if another backend
 * uses it or if its files cannot be those of the last backend. `keepsDatabase`: the database is a SQLite file in the folder.
 */
export function openDataFolder(
  dataFolder: string,
  keepsDatabase: boolean,
  log: (event: string, facts: Readonly<Record<string, string | number>>) => void,
): FolderLock {
  makeFolder(dataFolder);
  closeToOthers(dataFolder, (mode) => log('data-folder-closed-to-others', { was: mode }));
  accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  assertNoLinks(dataFolder);
  const lock = lockFolder(dataFolder);
  try {
    if (keepsDatabase) {
      assertDatabaseOfKey(dataFolder);
      assertOwnLog(join(dataFolder, databaseFileName));
    }
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
  return lock;
}
