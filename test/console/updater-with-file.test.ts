import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import electronUpdater, { type AppUpdater } from 'electron-updater';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { giveToUpdater } from '../../electron/services/updates/updater-with-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reset-desk-updater-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** electron-updater for NSIS, with an application that exists only here. */
function updaterOf(version: string): AppUpdater {
  const app = {
    version,
    name: 'reset-desk',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'none.yml'),
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  };
  // The constructor takes the application besides its options.
  const Updater = electronUpdater.NsisUpdater as unknown as new (
    options: null,
    application: typeof app,
  ) => AppUpdater;
  return new Updater(null, app);
}

it('refuses a package that was changed after it was verified, and leaves nothing of it', async () => {
  const path = join(folder, 'reset-desk-1.1.0.exe');
  writeFileSync(path, 'another program');
  const sha512 = createHash('sha512').update('the verified one').digest('base64');
  const file = { kind: 'nsis', arch: 'x64', name: 'reset-desk-1.1.0.exe', bytes: 15, sha512 } as const;
  await expect(giveToUpdater(updaterOf('1.0.0'), { version: '1.1.0', path, file }, folder)).rejects.toThrow(
    'update.sum-wrong',
  );
  expect(
    readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('pending/')),
  ).toEqual([]);
});

it('hands the verified package to electron-updater', async () => {
  const content = Buffer.alloc(100_000, 'installer ');
  const path = join(folder, 'reset-desk-1.1.0.exe');
  writeFileSync(path, content);
  const updater = updaterOf('1.0.0');
  await giveToUpdater(
    updater,
    {
      version: '1.1.0',
      path,
      file: {
        kind: 'nsis',
        arch: 'x64',
        name: 'reset-desk-1.1.0.exe',
        bytes: content.length,
        sha512: createHash('sha512').update(content).digest('base64'),
      },
    },
    folder,
  );
  const pending = join(folder, 'cache', 'reset-desk-updater', 'pending');
  expect(readdirSync(pending)).toContain('reset-desk-1.1.0.exe');
  expect(readFileSync(join(pending, 'reset-desk-1.1.0.exe')).equals(content)).toBe(true);
  expect(updater).toMatchObject({ autoInstallOnAppQuit: true, allowDowngrade: false });
});
