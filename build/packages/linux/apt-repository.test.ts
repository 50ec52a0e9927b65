import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isInstalled } from '../run.ts';
import { writeAptRepository } from './apt-repository.ts';

const output = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const needed = ['dpkg-deb', 'apt-ftparchive', 'gpg'];

describe.runIf(needed.every(isInstalled) || process.env['CI'] !== undefined)(
  'a published apt repository',
  () => {
    const out = mkdtempSync(join(tmpdir(), 'reset-desk-apt-'));
    const [folder, gnupgHome] = [join(out, 'published'), join(out, 'gnupg')];
    afterAll(() => {
      output('gpgconf', '--homedir', gnupgHome, '--kill', 'all');
      rmSync(out, { recursive: true, force: true });
    });

    /** A package without files. */
    function debOf(version: string): string {
      const tree = join(out, version);
      mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
      const control = {
        Package: 'reset-desk',
        Version: version,
        Architecture: 'amd64',
        Maintainer: 'Reset Desk <reset-desk@example.com>',
        Description: 'Test',
      };
      const lines = Object.entries(control).map(([name, value]) => `${name}: ${value}`);
      writeFileSync(join(tree, 'DEBIAN', 'control'), `${lines.join('\n')}\n`);
      const file = join(out, `reset-desk_${version}_amd64.deb`);
      output('dpkg-deb', '--build', '--root-owner-group', tree, file);
      return file;
    }
    const publish = (file: string, change: { readonly key?: string; readonly address?: string } = {}) =>
      writeAptRepository({
        folder,
        packages: [file],
        key: 'release@example.com',
        address: 'https://apt.example.com',
        gnupgHome,
        ...change,
      });
    const files = ['InRelease', 'Release', 'Release.gpg', 'main/binary-amd64/Packages'];
    const published = () =>
      files.map((name) => readFileSync(join(folder, 'dists/stable', name), 'utf8')).join('\n');

    test('stays as it was when a new version cannot be signed or is none', async () => {
      mkdirSync(gnupgHome, { mode: 0o700 });
      const made = ['--batch', '--passphrase', '', '--quick-generate-key', 'release@example.com', 'ed25519'];
      output('gpg', '--homedir', gnupgHome, ...made);
      await publish(debOf('1.2.3'));
      const before = published();
      await expect(publish(debOf('1.2.4'), { key: 'nobody@example.com' })).rejects.toThrow('gpg failed');
      const renamed = join(out, 'reset-desk.deb');
      copyFileSync(debOf('1.2.4'), renamed);
      for (const file of [renamed, join(out, 'gone_1.2.4_amd64.deb'), import.meta.filename])
        await expect(publish(file)).rejects.toThrow('is not a package with its own name');
      await expect(publish(debOf('1.2.4'), { address: 'apt.example.com' })).rejects.toThrow(
        'is not an address.',
      );
      expect(published()).toBe(before);
      await publish(debOf('1.2.4'));
      expect(published()).toContain('Version: 1.2.4');
    });
  },
);
