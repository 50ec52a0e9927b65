import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Why the console cannot work with its folder: the system's code, and what to do as a sentence. */
export interface FolderFault {
  readonly code: string;
  readonly advice: string;
}

const adviceByCode: Readonly<Record<string, string>> = {
  EACCES: 'Give your user account the right to write to it, or ask your administrator.',
  EPERM: 'Give your user account the right to write to it, or ask your administrator.',
  EROFS: 'Its drive is read-only. Make it writable, or ask your administrator.',
  ENOSPC: 'Its drive is full. Free some space, then start Reset Desk again.',
  EDQUOT: 'Your quota on its drive is used up. Free some space, then start Reset Desk again.',
  ENOENT: 'Its drive is missing or refuses new folders. Connect the drive, or ask your administrator.',
  ENOTDIR: 'A file has the name of a folder on its path. Move that file away, then start Reset Desk again.',
  EEXIST: 'A file has the name of a folder on its path. Move that file away, then start Reset Desk again.',
};

/** Does not use `recursive`, which never returns on a file system that reports new folders as missing, such as `/proc`. */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) createFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}

/** Creates a folder if it is missing, and tries to write to it. Null if that works. */
export function folderFault(folder: string): FolderFault | null {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    createFolder(folder);
    writeFileSync(probe, 'x');
    rmSync(probe);
    return null;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    return { code, advice: adviceByCode[code] ?? 'Check the folder, or ask your administrator.' };
  }
}
