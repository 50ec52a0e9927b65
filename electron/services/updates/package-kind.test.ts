import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { selfUpdatingKind } from './package-kind.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reset-desk-kind-'));
  mkdirSync(join(folder, 'resources'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it.each<
  [
    NodeJS.Platform,
    string | null,
    { appImage?: boolean; uninstaller?: boolean; isPackaged?: boolean },
    string | null,
  ]
>([
  ['linux', 'appimage', { appImage: true }, 'appimage'],
  ['linux', null, { appImage: true }, 'appimage'],
  // A terminal that runs in an AppImage hands its variables on to what is started in it.
  ['linux', 'deb', { appImage: true }, null],
  ['linux', 'rpm', { appImage: true }, null],
  ['linux', 'tar.gz', {}, null],
  ['linux', 'appimage', {}, null],
  ['win32', null, { uninstaller: true }, 'nsis'],
  ['win32', 'msi', { uninstaller: true }, null],
  ['win32', null, {}, null],
  ['darwin', null, {}, 'mac'],
  ['darwin', null, { isPackaged: false }, null],
  ['linux', 'appimage', { appImage: true, isPackaged: false }, null],
])('on %s a package of type %s with %j replaces itself as %s', (platform, type, facts, kind) => {
  if (type !== null) writeFileSync(join(folder, 'resources', 'package-type'), `${type}\n`);
  if (facts.uninstaller === true) writeFileSync(join(folder, 'Uninstall Reset Desk.exe'), '');
  const found = selfUpdatingKind({
    isPackaged: facts.isPackaged ?? true,
    platform,
    environment: facts.appImage === true ? { APPIMAGE: '/home/ann/reset-desk.AppImage' } : {},
    resources: join(folder, 'resources'),
    executable: join(folder, 'reset-desk.exe'),
  });
  expect(found).toBe(kind);
});
