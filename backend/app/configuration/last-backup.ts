import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'last-backup';

/** Notes in the data folder that a backup of it was made, for the state of the server. `at` in milliseconds; a folder that cannot be written is left as it is. */
export function noteBackup(dataFolder: string, at: number): void {
  try {
    // Another user, such as root, may have written it.
    rmSync(join(dataFolder, fileName), { force: true });
    writeFileSync(join(dataFolder, fileName), `${new Date(at).toISOString()}\n`, { mode: 0o600 });
  } catch {
    // The backup itself succeeded; only its date will not be shown.
  }
}

/** When a file was written, in milliseconds; null without one, or if its folder is closed to this user. */
function writtenAt(file: string): number | null {
  try {
    return Math.round(statSync(file).mtimeMs);
  } catch {
    return null;
  }
}

/** When the last backup was made, in milliseconds; null if none is noted. */
export function readLastBackup(dataFolder: string): number | null {
  const file = join(dataFolder, fileName);
  try {
    const at = Date.parse(readFileSync(file, 'utf8').trim());
    return Number.isNaN(at) ? null : at;
  } catch {
    // Another user made the backup, such as root, and this one may not read the file.
    return writtenAt(file);
  }
}
