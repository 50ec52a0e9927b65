import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawIcons, type Icons } from './icons.ts';
import { writeAptRepository } from './linux/apt-repository.ts';
import { buildDeb } from './linux/deb.ts';
import { buildRpm } from './linux/rpm.ts';
import type { LinuxSources } from './linux/tree.ts';
import { isInstalled } from './run.ts';
import { buildMsi } from './windows/msi.ts';

const output = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** Packages of an application of a few bytes. */
describe('a package of a beta version', () => {
  const out = mkdtempSync(join(tmpdir(), 'reset-desk-beta-'));
  const application = join(out, 'application');
  let icons: Icons;
  beforeAll(async () => {
    for (const name of ['chrome-sandbox', 'reset-desk', 'resources/app.asar']) {
      mkdirSync(join(application, 'resources'), { recursive: true });
      writeFileSync(join(application, name), name);
    }
    icons = await drawIcons(join(out, 'icons'));
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));
  const sources = (version: string): LinuxSources => ({ application, icons, version, date: new Date(0) });

  test('is older than its release for apt', async ({ skip }) => {
    if (!isInstalled('dpkg-deb')) skip('dpkg-deb is not installed here.');
    const file = await buildDeb(sources('1.2.0-beta.2'), 'x64', 'fast', out);
    const version = output('dpkg-deb', '--field', file, 'Version');
    for (const [older, newer] of [
      [version, '1.2.0'],
      ['1.1.9', version],
      ['1.2.0~beta.1', version],
    ])
      expect(() => output('dpkg', '--compare-versions', older ?? '', 'lt', newer ?? '')).not.toThrow();
  });

  test('is not offered by apt to computers that want released versions', async ({ skip }) => {
    if (!isInstalled('apt-ftparchive') || !isInstalled('gpg'))
      skip('apt-utils and gnupg are not installed here.');
    const [gnupgHome, folder, key] = [join(out, 'gnupg'), join(out, 'apt'), 'release@example.com'];
    mkdirSync(gnupgHome, { mode: 0o700 });
    output(
      'gpg',
      '--homedir',
      gnupgHome,
      '--batch',
      '--passphrase',
      '',
      '--quick-generate-key',
      key,
      'ed25519',
    );
    const publish = async (version: string, suite: string) =>
      writeAptRepository({
        folder,
        packages: [await buildDeb(sources(version), 'x64', 'fast', out)],
        key,
        address: 'https://apt.example.com',
        gnupgHome,
        suite,
      });
    try {
      await publish('1.2.0-beta.2', 'beta');
      await publish('1.1.9', 'stable');
    } finally {
      output('gpgconf', '--homedir', gnupgHome, '--kill', 'all');
    }
    const offered = (suite: string) =>
      readFileSync(join(folder, 'dists', suite, 'main', 'binary-amd64', 'Packages'), 'utf8').match(
        /^Version: .*/gm,
      );
    expect(offered('stable')).toEqual(['Version: 1.1.9']);
    expect(offered('beta')).toEqual(['Version: 1.2.0~beta.2']);
  });

  test('is older than its release for dnf', async ({ skip }) => {
    if (!isInstalled('rpmbuild')) skip('rpmbuild is not installed here.');
    const file = await buildRpm(sources('1.2.0-beta.2'), 'x64', 'fast', out);
    const version = output('rpm', '--query', '--package', '--queryformat', '%{VERSION}', file);
    expect(output('rpm', '--eval', `%{lua: print(rpm.vercmp('${version}', '1.2.0'))}`)).toBe('-1');
    expect(output('rpm', '--eval', `%{lua: print(rpm.vercmp('1.2.0~beta.1', '${version}'))}`)).toBe('-1');
  });

  test('is replaced by its release on Windows, whose installer sees the same version', async ({ skip }) => {
    if (!isInstalled('wixl') || !isInstalled('msibuild')) skip('wixl and msitools are not installed here.');
    const file = await buildMsi({ application, icons, version: '1.2.0-beta.2', arch: 'x64', out });
    const rows = output('msiinfo', 'export', file, 'Upgrade')
      .split('\n')
      .map((row) => row.trim().split('\t'));
    const versionMaxInclusive = 0x200;
    expect(
      rows.filter((row) => row[2] === '1.2.0').map((row) => Number(row[4]) & versionMaxInclusive),
    ).toEqual([versionMaxInclusive]);
  });
});
