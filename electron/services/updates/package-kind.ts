import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FeedFile } from '../../../shared/updates/update-feed.ts';

interface Installation {
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly resources: string;
  readonly executable: string;
}

const readIfThere = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
};

/** The package that this console runs from if it can replace itself; null for all others, which the system's package manager updates. */
export function selfUpdatingKind(installation: Installation): FeedFile['kind'] | null {
  const { isPackaged, platform, environment, resources, executable } = installation;
  if (!isPackaged) return null;
  // Packages that the system's package manager updates name their type in this file.
  const packageType = readIfThere(join(resources, 'package-type'));
  if (platform === 'linux')
    return environment['APPIMAGE'] !== undefined && (packageType ?? 'appimage').toLowerCase() === 'appimage'
      ? 'appimage'
      : null;
  if (platform === 'darwin') return 'mac';
  if (platform !== 'win32' || packageType === 'msi') return null;
  return existsSync(join(dirname(executable), 'Uninstall Reset Desk.exe')) ? 'nsis' : null;
}
