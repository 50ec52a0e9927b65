import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFileName, openDataFolder } from '../configuration/data-folder.ts';
import { connectDatabase, type OpenDatabase } from '../configuration/open-database.ts';
import { UsageError, type Output, type Variables } from './command.ts';

/** A stopped backend's data folder and database. */
export interface OpenForWriting extends Pick<OpenDatabase, 'db' | 'writer' | 'use'> {
  readonly folder: string;
  close(): Promise<void>;
}

/** The data folder that an option or the environment names. */
export function namedFolder(data: string | undefined, variables: Variables): string {
  const folder = data ?? variables['RESET_DESK_DATA'] ?? '';
  if (folder === '') throw new UsageError('Name the data folder with --data, or set RESET_DESK_DATA.');
  return folder;
}

/** The same. Throws if this user cannot open the folder, whose files would otherwise seem to be missing. */
export function folderOf(data: string | undefined, variables: Variables): string {
  const folder = namedFolder(data, variables);
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EACCES')
      throw new UsageError(
        `This user cannot open ${folder}. Run the command as the backend's user, for example with sudo -u reset-desk, or as an administrator.`,
        { cause: thrown },
      );
  }
  return folder;
}

/** Takes the data folder of a stopped backend, as a start does, and connects to its database. Throws a `StartFault` while a backend runs. */
export async function openForWriting(
  data: string | undefined,
  variables: Variables,
  { err }: Output,
): Promise<OpenForWriting> {
  const folder = folderOf(data, variables);
  const url = variables['RESET_DESK_DATABASE_URL'];
  const ownerUrl = variables['RESET_DESK_DATABASE_OWNER_URL'];
  if (url === undefined && !existsSync(join(folder, databaseFileName)))
    throw new UsageError(`There is no database in ${folder}.`);
  const log = (event: string) => {
    err(event);
  };
  const lock = openDataFolder(folder, url === undefined, log);
  try {
    const connections = await connectDatabase({
      dataFolder: folder,
      ...(url !== undefined && { database: { url, ...(ownerUrl !== undefined && { ownerUrl }) } }),
      exclusive: true,
      log,
    });
    return {
      ...connections,
      folder,
      close: async () => {
        await connections.close();
        lock.release();
      },
    };
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}
