import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'last-backup';

/** Notes in the data folder that a backup of it was made, for the state of the server. `at` in milliseconds; a folder that cannot be written is left as it is. */
export function noteBackup(dataFolder: string, at: number): void {
  try {
    writeFileSync(join(dataFolder, fileName), `${new Date(at).toISOString()}\n`, { mode: 0o600 });
  } catch {
    // The backup itself succeeded; only its date will not be shown.
  }
}

/** When the last backup was made, in milliseconds; null if none is noted. */
export function readLastBackup(dataFolder: string): number | null {
  const file = join(dataFolder, fileName);
  const at = existsSync(file) ? Date.parse(readFileSync(file, 'utf8').trim()) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
