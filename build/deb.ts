import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the package needs; each of these is in Debian 12 and Ubuntu 22.04. */
const needs = [
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libsecret-1-0',
  'libxss1',
  'libxtst6',
  'xdg-utils',
];

interface DebOptions {
  readonly unpacked: string;
  readonly out: string;
  readonly version: string;
  readonly executable: string;
  readonly icon: string;
}

const scripts = new URL('deb/', import.meta.url).pathname;

/**
 * Packs the folder as a `.deb` with `dpkg-deb`: electron-builder's own way downloads its tool, which closed networks refuse. Null where there is no
 * `dpkg-deb`.
 */
export function buildDeb({ unpacked, out, version, executable, icon }: DebOptions): string | null {
  if (spawnSync('dpkg-deb', ['--version']).status !== 0) return null;
  const tree = join(out, 'deb');
  rmSync(tree, { recursive: true, force: true });
  // Chromium splits the path of its sandbox helper at a space, so the folder's name has none.
  const folder = `/opt/${executable}`;
  const installed = join(tree, folder);
  mkdirSync(installed, { recursive: true });
  cpSync(unpacked, installed, { recursive: true, verbatimSymlinks: true });
  // Chromium's sandbox where the kernel gives unprivileged users no namespaces.
  chmodSync(join(installed, 'chrome-sandbox'), 0o4755);
  const icons = join(tree, 'usr', 'share', 'icons', 'hicolor', '512x512', 'apps');
  const applications = join(tree, 'usr', 'share', 'applications');
  const programs = join(tree, 'usr', 'bin');
  const control = join(tree, 'DEBIAN');
  for (const path of [icons, applications, programs, control]) mkdirSync(path, { recursive: true });
  copyFileSync(join(scripts, 'apparmor-profile'), join(installed, 'resources', 'apparmor-profile'));
  for (const script of ['postinst', 'prerm']) {
    copyFileSync(join(scripts, script), join(control, script));
    chmodSync(join(control, script), 0o755);
  }
  cpSync(icon, join(icons, `${executable}.png`));
  for (const program of [executable, `${executable}-backend`])
    symlinkSync(`${folder}/${program}`, join(programs, program));
  writeFileSync(
    join(applications, `${executable}.desktop`),
    [
      '[Desktop Entry]',
      'Type=Application',
      'Name=Reset Desk',
      'Comment=Verify a caller and restore their access',
      `Exec=${folder}/${executable} %U`,
      `Icon=${executable}`,
      'Terminal=false',
      'StartupWMClass=Reset Desk',
      'Categories=Utility;',
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(control, 'control'),
    [
      `Package: ${executable}`,
      `Version: ${version}`,
      'Architecture: amd64',
      'Maintainer: Reset Desk <reset-desk@example.com>',
      'Section: admin',
      'Priority: optional',
      `Depends: ${needs.join(', ')}`,
      'Recommends: gnome-keyring | kwalletmanager',
      'Description: Help-desk console that verifies a caller and resets the password',
      ' It searches the account, verifies the caller, resets the password and hands over',
      ' the temporary password or the reset link.',
      '',
    ].join('\n'),
  );
  const file = join(out, `${executable}_${version}_amd64.deb`);
  const { status, stderr } = spawnSync(
    'dpkg-deb',
    ['--root-owner-group', '-Zxz', '-z1', '--build', tree, file],
    {
      encoding: 'utf8',
    },
  );
  rmSync(tree, { recursive: true, force: true });
  if (status !== 0) throw new Error(`dpkg-deb: ${stderr}`);
  return file;
}
