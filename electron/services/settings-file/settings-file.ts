import { readFileSync, renameSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newSettings, settings as schema, type Settings } from './settings.ts';

export interface SettingsFile {
  readonly read: () => Settings;
  /** Changes the settings at once and writes the file later, in order. If the write fails, the change stays in memory. */
  readonly update: (update: (before: Settings) => Settings) => void;
  /** Resolves when all changes so far are on disk. */
  readonly flush: () => Promise<void>;
}

interface Collaborators {
  readonly path: string;
  /** Called when an invalid file was renamed to this name. */
  readonly onQuarantined: (name: string) => void;
  /** Called when the file could not be read or written. The settings in memory stay in use. */
  readonly onError: (thrown: unknown) => void;
}

/**
 * Opens `settings.json`. Reads synchronously, because the window's bounds and colours depend on it and the file is small.
 * An invalid file is renamed to `….broken` and the defaults are used.
 */
export function openSettingsFile({ path, onQuarantined, onError }: Collaborators): SettingsFile {
  const found = readSettings(path, onError);
  if (found === 'broken') {
    const aside = `${path}.broken`;
    renameSync(path, aside);
    onQuarantined(aside);
  }
  const fresh = typeof found === 'string';
  let current = typeof found === 'string' ? newSettings() : found;
  let writing = Promise.resolve();
  let waiting = false;

  const write = (): void => {
    // A write that is still waiting for its turn includes this change.
    if (waiting) return;
    waiting = true;
    writing = writing
      .then(() => {
        waiting = false;
        return writeWhole(path, `${JSON.stringify(current, null, 2)}\n`);
      })
      .catch(onError);
  };
  // Stores the new identity of the installation for the next start.
  if (fresh) write();

  return {
    read: () => current,
    update: (change) => {
      const next = change(current);
      if (next === current) return;
      current = schema.parse(next);
      write();
    },
    flush: () => writing,
  };
}

function readSettings(path: string, onError: (thrown: unknown) => void): Settings | 'absent' | 'broken' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) onError(thrown);
    return 'absent';
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return 'broken';
  }
}

/** Writes a temporary file, flushes and renames it, so that a power failure leaves either the old or the new file. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}
