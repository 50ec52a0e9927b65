import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registryKey } from '../../../shared/managed/managed-places.ts';
import { filesIn } from '../application.ts';
import type { Icons } from '../icons.ts';
import { product, type Processor } from '../identity.ts';
import { linkApplication, place } from '../linux/tree.ts';
import { isInstalled, run } from '../run.ts';

const templates = fileURLToPath(new URL('.', import.meta.url));

export interface MsiOptions {
  /** The application's folder for Windows. */
  readonly application: string;
  readonly icons: Icons;
  readonly version: string;
  readonly arch: Processor;
  readonly out: string;
}

/** Components that are installed only if their property was given; it is not given again at a removal. */
const conditions = { ServerUrl: 'SERVERURL', Spelling: 'SPELLING' } as const;

/**
 * msidbUpgradeAttributesMigrateFeatures and VersionMaxInclusive: a package replaces an installed one of the same three numbers, as a release has to
 * replace its beta version. wixl cannot write the second.
 */
const replacesSameVersion = 0x001 | 0x200;

/** Windows Installer compares three numbers; what follows a hyphen in a version is not one of them. */
export const msiVersion = (version: string): string => version.replace(/[-+].*$/, '');

/** `wixl-heat` reads paths from standard input, which must be relative to where `wixl` runs. */
async function listComponents(work: string): Promise<void> {
  const list = join(work, 'files.txt');
  writeFileSync(
    list,
    filesIn(join(work, 'app'))
      .map((file) => `app/${file}\n`)
      .join(''),
  );
  const listed = await run(
    'sh',
    [
      '-c',
      'wixl-heat --prefix app/ --component-group App --var var.Source --directory-ref INSTALLDIR --win64 <files.txt',
    ],
    { cwd: work },
  );
  writeFileSync(join(work, 'app.wxs'), listed);
}

/**
 * Builds the `.msi` for all users of a computer with `wixl`, which runs on Linux; on Windows the same file is made under WSL. It is signed if
 * `RESET_DESK_WINDOWS_CERTIFICATE` names a PKCS #12 file. Answers its path.
 */
export async function buildMsi({ application, icons, version, arch, out }: MsiOptions): Promise<string> {
  const work = join(out, 'msi');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await linkApplication(application, join(work, 'app'));
  place(join(work, 'app', 'resources', 'package-type'), 'msi');
  await listComponents(work);
  copyFileSync(join(templates, 'product.xml'), join(work, 'product.wxs'));
  copyFileSync(icons.ico, join(work, 'icon.ico'));
  const [{ name: schemeName, scheme }] = product.protocols;
  const values = {
    Win64: 'yes',
    Version: msiVersion(version),
    Source: 'app',
    Name: product.name,
    AppId: product.appId,
    Manufacturer: product.maintainer.name,
    UpgradeCode: product.windows.upgradeCode,
    Summary: product.summary,
    Homepage: product.homepage,
    Folder: product.windows.folder,
    Executable: `${product.id}.exe`,
    Scheme: scheme,
    SchemeName: schemeName,
    PolicyKey: registryKey,
  };
  const name = `${product.id}-${version}-${arch}.msi`;
  await run(
    'wixl',
    [
      '--arch',
      arch,
      ...Object.entries(values).flatMap(([key, value]) => ['-D', `${key}=${value}`]),
      '--output',
      name,
      'product.wxs',
      'app.wxs',
    ],
    { cwd: work },
  );
  for (const [component, property] of Object.entries(conditions))
    await run(
      'msibuild',
      [name, '-q', `UPDATE Component SET Condition='${property} OR REMOVE' WHERE Component='${component}'`],
      { cwd: work },
    );
  await replaceSameVersion(work, name);
  const file = join(out, name);
  renameSync(join(work, name), file);
  rmSync(work, { recursive: true, force: true });
  await signByEnvironment(file);
  return file;
}

/** A key of the table cannot be changed, so the table is written again. */
async function replaceSameVersion(work: string, name: string): Promise<void> {
  const table = await run('msiinfo', ['export', name, 'Upgrade'], { cwd: work });
  const rows = table.split('\r\n').map((row) => {
    const cells = row.split('\t');
    if (cells.at(-1) === 'WIX_UPGRADE_DETECTED') cells[4] = String(replacesSameVersion);
    return cells.join('\t');
  });
  writeFileSync(join(work, 'Upgrade.idt'), rows.join('\r\n'));
  await run('msibuild', [name, '-i', 'Upgrade.idt'], { cwd: work });
}

/** Signs a file for Windows if the environment has a certificate; otherwise says that it is unsigned. */
async function signByEnvironment(file: string, say: (line: string) => void = console.log): Promise<void> {
  const certificate = process.env['RESET_DESK_WINDOWS_CERTIFICATE'];
  if (certificate === undefined || !isInstalled('osslsigncode')) {
    say(`UNSIGNED: ${file}`);
    return;
  }
  const passwordFile = process.env['RESET_DESK_WINDOWS_CERTIFICATE_PASSWORD_FILE'];
  const timeServer = process.env['RESET_DESK_TIMESTAMP_URL'];
  const signed = `${file}.signed`;
  await run('osslsigncode', [
    'sign',
    '-pkcs12',
    certificate,
    ...(passwordFile === undefined ? [] : ['-readpass', passwordFile]),
    '-h',
    'sha256',
    '-n',
    product.name,
    '-i',
    product.homepage,
    ...(timeServer === undefined ? [] : ['-ts', timeServer]),
    '-in',
    file,
    '-out',
    signed,
  ]);
  renameSync(signed, file);
  if (readFileSync(file).length === 0) throw new Error(`${file} is empty after signing.`);
}
