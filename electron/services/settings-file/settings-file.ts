import { existsSync, readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from './write-whole.ts';
import { newSettings, settings as schema, type Settings } from './settings.ts';

export interface SettingsFile {
  readonly read: () => Settings;
  /** Changes the settings at once and writes the file later, in order. If the write fails, the change stays in memory. */
  readonly update: (update: (before: Settings) => Settings) => void;
  /** Resolves when all changes so far are on disk. */
  readonly flush: () => Promise<void>;
}

/** Why the stored settings are not used. */
export type SettingsFault =
  /** `keptAs` is the new name of the file. */
  | { readonly kind: 'damaged' | 'newer'; readonly keptAs: string }
  /** The file is left alone and not written. */
  | { readonly kind: 'unreadable'; readonly thrown: unknown };

interface Collaborators {
  readonly path: string;
  /** Called at once if the file that was found cannot be used, and the defaults are used instead. */
  readonly onFault: (fault: SettingsFault) => void;
  /** Called when the file could not be written, once until a write succeeds. The settings in memory stay in use. */
  readonly onUnwritable: (thrown: unknown) => void;
}

/**
 * Opens `settings.json`. Reads synchronously, because the window's bounds and colours depend on it and the file is small.
 * A file that is damaged or comes from a newer version is kept under another name and the defaults are used.
 */
export function openSettingsFile({ path, onFault, onUnwritable }: Collaborators): SettingsFile {
  const found = readSettings(path);
  const fault = faultOf(found, path);
  if (fault !== null) onFault(fault);
  // A file that could not be read or moved may be whole: the defaults must not replace it.
  const isWritable = fault?.kind !== 'unreadable';
  let current = 'settings' in found ? found.settings : newSettings();
  let writing = Promise.resolve();
  let waiting = false;
  let hasFailed = false;

  const write = (): void => {
    // A write that is still waiting for its turn includes this change.
    if (waiting || !isWritable) return;
    waiting = true;
    writing = writing
      .then(() => {
        waiting = false;
        return writeWhole(path, `${JSON.stringify(current, null, 2)}\n`);
      })
      .then(
        () => {
          hasFailed = false;
        },
        (thrown: unknown) => {
          if (!hasFailed) onUnwritable(thrown);
          hasFailed = true;
        },
      );
  };
  // Stores the new identity of the installation for the next start.
  if (!('settings' in found)) write();

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

type Found =
  | { readonly settings: Settings }
  | { readonly state: 'absent' | 'damaged' | 'newer' }
  | { readonly state: 'unreadable'; readonly thrown: unknown };

/** What a newer version writes; its other fields are unknown here. */
const versioned = z.object({ version: z.int().min(2) });

function readSettings(path: string): Found {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    return code === 'ENOENT' ? { state: 'absent' } : { state: 'unreadable', thrown };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { state: 'damaged' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { settings: parsed.data };
  return { state: versioned.safeParse(json).success ? 'newer' : 'damaged' };
}

function faultOf(found: Found, path: string): SettingsFault | null {
  if ('settings' in found || found.state === 'absent') return null;
  if (found.state === 'unreadable') return { kind: 'unreadable', thrown: found.thrown };
  const keptAs = freeName(path, found.state);
  try {
    renameSync(path, keptAs);
    return { kind: found.state, keptAs };
  } catch (thrown) {
    return { kind: 'unreadable', thrown };
  }
}

/** A name beside the file that no earlier file has. */
function freeName(path: string, ending: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${path}.${ending}${number === 1 ? '' : `-${number}`}`;
    if (!existsSync(name)) return name;
  }
}
