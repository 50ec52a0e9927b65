import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { product, type Processor } from '../identity.ts';
import { run } from '../run.ts';
import { fillTemplate, layOutRoot, packageVersion, place, type LinuxSources } from './tree.ts';

/** What the package needs; each of these is in Debian 12 and Ubuntu 22.04. */
const needs = [
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.31)',
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

/** Fast for a package that is installed once by a test, small for one that is downloaded. Debian 11 and lintian read no zstd. */
export type Compression = 'fast' | 'small';

export const debArch = { x64: 'amd64', arm64: 'arm64' } as const satisfies Record<Processor, string>;

function filesOf(tree: string): readonly string[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('DEBIAN') && lstatSync(join(tree, name)).isFile())
    .toSorted();
}

function changelog(version: string, date: Date): string {
  const { name, email } = product.maintainer;
  return [
    `${product.id} (${packageVersion(version)}) stable; urgency=medium`,
    '',
    `  * ${product.name} ${version}. What changed: ${product.homepage}/changelog`,
    '',
    ` -- ${name} <${email}>  ${date.toUTCString().replace('GMT', '+0000')}`,
    '',
  ].join('\n');
}

/** Builds the `.deb` with `dpkg-deb` in the folder `out`, and answers its path. */
export async function buildDeb(
  sources: LinuxSources,
  arch: Processor,
  compression: Compression,
  out: string,
): Promise<string> {
  const { version, date } = sources;
  const { id, maintainer } = product;
  const tree = join(out, `deb-${version}`);
  await layOutRoot(tree, 'deb', sources);
  const documents = join(tree, 'usr', 'share', 'doc', id);
  place(join(documents, 'changelog.gz'), gzipSync(changelog(version, date), { level: 9 }));
  place(join(tree, 'usr', 'share', 'lintian', 'overrides', id), fillTemplate('lintian-overrides', sources));
  const files = filesOf(tree);
  const control = join(tree, 'DEBIAN');
  for (const script of ['postinst', 'prerm', 'postrm'])
    place(join(control, script), fillTemplate(script, sources), 0o755);
  const sums = files.map(
    (file) =>
      `${createHash('md5')
        .update(readFileSync(join(tree, file)))
        .digest('hex')}  ${file}\n`,
  );
  place(join(control, 'md5sums'), sums.join(''));
  // In KiB, each file on blocks of its own.
  const size = files.reduce((total, file) => total + Math.ceil(lstatSync(join(tree, file)).size / 1024), 0);
  place(
    join(control, 'control'),
    [
      `Package: ${id}`,
      `Version: ${packageVersion(version)}`,
      `Architecture: ${debArch[arch]}`,
      `Maintainer: ${maintainer.name} <${maintainer.email}>`,
      `Installed-Size: ${size}`,
      'Section: admin',
      'Priority: optional',
      `Homepage: ${product.homepage}`,
      `Depends: ${needs.join(', ')}`,
      'Recommends: gnome-keyring | kwalletmanager',
      `Description: ${product.summary.replace(/^H/, 'h')}`,
      ...product.description.map((line) => ` ${line}`),
      '',
    ].join('\n'),
  );
  const file = join(out, `${id}_${version}_${debArch[arch]}.deb`);
  const method = compression === 'fast' ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6'];
  await run('dpkg-deb', ['--root-owner-group', ...method, '--build', tree, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(date.getTime() / 1000)) },
  });
  rmSync(tree, { recursive: true, force: true });
  return file;
}
