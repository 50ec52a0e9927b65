import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { product } from '../identity.ts';
import { run } from '../run.ts';

export interface AptRepositoryOptions {
  /** The folder to publish. What it contains stays, so that older versions can be installed again. */
  readonly folder: string;
  /** `.deb` files to add. */
  readonly packages: readonly string[];
  /** Which key of gpg's keyring signs: a fingerprint, key ID or address. */
  readonly key: string;
  /** The address under which the folder will be found. */
  readonly address: string;
  /** gpg's own folder; its default if it is left out. */
  readonly gnupgHome?: string;
  /** Days after which apt refuses the index, so that an attacker cannot serve an old one for ever; it must be signed again before. */
  readonly validDays?: number;
  /** What computers subscribe to: `stable` by default, another one for trial versions. */
  readonly suite?: string;
}

const component = 'main';
const architectures = ['amd64', 'arm64'] as const;

/** The name of the public key's file: on the server and in `/usr/share/keyrings`. */
export const keyringName = `${product.id}-archive-keyring.asc`;

/** The file for `/etc/apt/sources.list.d`. */
export const aptSource = (address: string, suite = 'stable'): string =>
  [
    'Types: deb',
    `URIs: ${address}`,
    `Suites: ${suite}`,
    `Components: ${component}`,
    `Signed-By: /usr/share/keyrings/${keyringName}`,
    '',
  ].join('\n');

/** Throws a message for the publisher if an option cannot be right. */
function assertSensible({ packages, address }: AptRepositoryOptions): void {
  // apt-ftparchive lists only files whose name ends with an architecture.
  const isPackage = (file: string) =>
    architectures.some((arch) => file.endsWith(`_${arch}.deb`)) && existsSync(file);
  const wrong = packages.find((file) => !isPackage(file));
  if (wrong !== undefined)
    throw new Error(`${wrong} is not a package with its own name, such as ${product.id}_1.2.3_amd64.deb.`);
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
    throw new Error(`${address} is not an address. Write https://apt.example.com.`);
}

/**
 * Adds packages to a signed apt repository, which any web server can publish as it is: apt checks the index by its signature and each package by the
 * index. Needs `apt-ftparchive` and `gpg`. If it throws, for example because the key cannot be used, what is published stays as it was.
 */
export async function writeAptRepository(options: AptRepositoryOptions): Promise<void> {
  const { folder, packages, key, address, gnupgHome, validDays, suite = 'stable' } = options;
  assertSensible(options);
  // A folder for each suite, since the index lists what is in it: a computer with released versions must not find trial ones.
  const suitePool = join('pool', suite);
  const pool = join(folder, suitePool, product.id.charAt(0), product.id);
  mkdirSync(pool, { recursive: true });
  for (const file of packages) copyFileSync(file, join(pool, basename(file)));
  const published = join(folder, 'dists', suite);
  const dist = `${published}.new`;
  rmSync(dist, { recursive: true, force: true });
  for (const arch of architectures) {
    const index = join(dist, component, `binary-${arch}`);
    mkdirSync(index, { recursive: true });
    const listed = await run('apt-ftparchive', ['--arch', arch, 'packages', suitePool], { cwd: folder });
    writeFileSync(join(index, 'Packages'), listed);
    await run('gzip', ['--keep', '--force', '--no-name', '-9', join(index, 'Packages')]);
  }
  const release: Readonly<Record<string, string>> = {
    Origin: product.name,
    Label: product.name,
    Suite: suite,
    Codename: suite,
    Architectures: architectures.join(' '),
    Components: component,
    Description: product.summary,
    ...(validDays !== undefined && {
      ValidTime: String(validDays * 86_400),
    }),
  };
  const described = await run(
    'apt-ftparchive',
    [
      ...Object.entries(release).flatMap(([name, value]) => [
        '-o',
        `APT::FTPArchive::Release::${name}=${value}`,
      ]),
      'release',
      '.',
    ],
    { cwd: dist },
  );
  const releaseFile = join(dist, 'Release');
  writeFileSync(releaseFile, described);
  const env = { ...process.env, ...(gnupgHome !== undefined && { GNUPGHOME: gnupgHome }) };
  const gpg = (...args: readonly string[]) =>
    run('gpg', ['--batch', '--yes', '--local-user', key, '--digest-algo', 'SHA512', ...args], { env });
  await gpg('--clearsign', '--output', join(dist, 'InRelease'), releaseFile);
  await gpg('--detach-sign', '--armor', '--output', join(dist, 'Release.gpg'), releaseFile);
  const publicKey = await run('gpg', ['--batch', '--armor', '--export', key], { env });
  rmSync(published, { recursive: true, force: true });
  renameSync(dist, published);
  writeFileSync(join(folder, keyringName), publicKey);
  writeFileSync(join(folder, `${product.id}.sources`), aptSource(address, suite));
}
