import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { appId } from '../../../shared/managed/managed-places.ts';
import type { ManagedLayer } from './managed-layer.ts';

const folder = '/Library/Managed Preferences';

/** Milliseconds. */
const timeoutMs = 5000;

/** A property list as JSON; null if the file does not exist. */
export type ReadPropertyList = (path: string) => string | null;

export const readPropertyList: ReadPropertyList = (path) =>
  existsSync(path)
    ? execFileSync('/usr/bin/plutil', ['-convert', 'json', '-o', '-', path], {
        encoding: 'utf8',
        timeout: timeoutMs,
      })
    : null;

/** Reads what a management server has set for the computer, then for the user. Only the system writes to these files. */
export function readManagedPreferences(userName: string, read: ReadPropertyList): readonly ManagedLayer[] {
  const file = `${appId}.plist`;
  return [join(folder, file), join(folder, userName, file)].flatMap((place): ManagedLayer[] => {
    try {
      const text = read(place);
      if (text === null) return [];
      const values = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
      // Keys that describe the profile itself.
      const own = Object.entries(values).filter(([name]) => !name.startsWith('Payload'));
      return [{ place, values: Object.fromEntries(own) }];
    } catch {
      return [{ place, problem: 'unreadable' }];
    }
  });
}
