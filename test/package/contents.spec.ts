import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { filesIn, filesInArchive } from '../../build/packages/application.ts';
import { archivePatterns, folderPatterns, unexpectedFiles } from '../../build/packages/contents.ts';
import { fusesIn, fusesOf, readFuses } from '../../build/packages/fuses.ts';
import { hostTarget, product } from '../../build/packages/identity.ts';
import { serviceUnit } from '../../build/packages/linux/files.ts';
import { lines, missingPrograms, output, packageFile, packageFolder } from './packages.ts';

/** What a package may contain, and its metadata. Nothing is installed. */
test.skip(process.platform !== 'linux', 'These packages are built on Linux alone.');
// Reads packages of 140 MB, in which lintian reads every file.
test.describe.configure({ timeout: 300_000 });

const application = join(packageFolder, 'linux-unpacked');
const opt = product.linux.folder.slice(1);

/** The files that the packages install outside the application's folder. */
const systemFiles = [
  'usr/bin/reset-desk{,-backend}',
  'usr/lib/systemd/system/reset-desk-backend.service',
  'usr/lib/sysusers.d/reset-desk.conf',
  'usr/share/applications/reset-desk.desktop',
  'usr/share/doc/reset-desk/{copyright,changelog.gz,examples/backend.env}',
  `usr/share/icons/hicolor/{${product.linux.iconSizes.map((size) => `${size}x${size}`).join(',')}}/apps/reset-desk.png`,
  'usr/share/icons/hicolor/scalable/apps/reset-desk.svg',
  'usr/share/lintian/overrides/reset-desk',
  'usr/share/man/man1/reset-desk.1.gz',
  'usr/share/man/man8/reset-desk-backend.8.gz',
];
const installedFiles = () => [
  ...systemFiles,
  ...folderPatterns(hostTarget()).map((pattern) => `${opt}/${pattern}`),
];

/** The files of a package: its list without folders. */
const filesOfDeb = () =>
  lines('dpkg-deb', ['--contents', packageFile('.deb')])
    .filter((line) => !line.startsWith('d'))
    .map((line) => (/ \.\/(\S+)(?: -> \S+)?$/.exec(line)?.[1] ?? line).trim());

test('the archive contains exactly what the list allows @packaged', () => {
  const files = filesInArchive(join(application, 'resources', 'app.asar'));
  expect(unexpectedFiles(files, archivePatterns(hostTarget()))).toEqual([]);
  const compiled = ['out/main/console.cjs.cache', 'out/backend/backend.cjs.cache'];
  for (const file of [
    'package.json',
    'out/main/main.js',
    'out/preload/preload.cjs',
    'out/backend/main.js',
    ...compiled,
  ])
    expect(files).toContain(file);
});

test('the folder contains exactly what the list allows @packaged', () => {
  expect(unexpectedFiles(filesIn(application), folderPatterns(hostTarget()))).toEqual([]);
});

test('the bill of materials lists what is inside with its licences @packaged', () => {
  const read = (name: string) => readFileSync(join(application, 'resources', name), 'utf8');
  const { components } = JSON.parse(read('sbom.cdx.json')) as { components: { name: string }[] };
  const names = components.map(({ name }) => name);
  for (const name of [
    'electron',
    'axios',
    'fastify',
    'react',
    '@github/keytar',
    'libsql',
    'zod',
    '@fontsource/inter',
  ])
    expect(names).toContain(name);
  for (const tool of ['vite', 'typescript', 'playwright-core', 'electron-builder', 'oidc-provider'])
    expect(names).not.toContain(tool);
  expect(read('third-party-licences.txt')).toContain('fastify ');
});

test('compiled modules are for this system alone @packaged', () => {
  const compiled = filesIn(application).filter((file) => file.endsWith('.node'));
  expect(compiled).toHaveLength(3);
  const { arch } = hostTarget();
  for (const file of compiled) expect(file).toMatch(new RegExp(`linux-${arch}`));
});

test('every fuse of the executable is as the table says @packaged', async () => {
  const executable = join(application, product.id);
  const table = fusesOf('linux');
  const read = await readFuses(executable);
  expect(read).toEqual(
    Object.fromEntries((await fusesIn(executable)).map((fuse) => [FuseV1Options[fuse], table[fuse]])),
  );
  expect(read).toMatchObject({ RunAsNode: false, OnlyLoadAppFromAsar: true });
});

test('the .deb contains what the lists allow, with the sums of all of it @packaged', () => {
  const files = filesOfDeb();
  expect(unexpectedFiles(files, installedFiles())).toEqual([]);
  expect(files.filter((file) => /\s/.test(file))).toEqual([]);
  const summed = output('dpkg-deb', ['--info', packageFile('.deb'), 'md5sums'])
    .split('\n')
    .map((line) => line.slice(34))
    .filter((file) => file !== '');
  const links = new Set(['usr/bin/reset-desk', 'usr/bin/reset-desk-backend']);
  expect(summed.toSorted()).toEqual(files.filter((file) => !links.has(file)).toSorted());
});

test('lintian finds no error and no warning in the .deb @packaged', () => {
  const missing = missingPrograms('lintian');
  test.skip(missing !== '', missing);
  const { stdout, status } = spawnSync('lintian', ['--tag-display-limit', '0', packageFile('.deb')], {
    encoding: 'utf8',
  });
  expect(stdout.split('\n').filter((line) => /^[EW]:/.test(line))).toEqual([]);
  expect(status).toBe(0);
});

test('the desktop entry is valid and opens deep links @packaged', () => {
  const missing = missingPrograms('desktop-file-validate');
  test.skip(missing !== '', missing);
  const folder = mkdtempSync(join(tmpdir(), 'reset-desk-entry-'));
  try {
    output('sh', [
      '-c',
      'dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" ./usr/share/applications',
      packageFile('.deb'),
      folder,
    ]);
    const file = join(folder, 'usr/share/applications/reset-desk.desktop');
    expect(output('desktop-file-validate', ['--no-hints', file])).toBe('');
    const entry = readFileSync(file, 'utf8');
    expect(entry).toContain('\nMimeType=x-scheme-handler/resetdesk;\n');
    expect(entry).toContain('\nExec=/opt/reset-desk/reset-desk %U\n');
    for (const language of ['de', 'es', 'fr'])
      expect(entry).toMatch(new RegExp(`^Comment\\[${language}\\]=`, 'm'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('systemd finds little that the unit could reach @packaged', () => {
  const missing = missingPrograms('systemd-analyze');
  test.skip(missing !== '', missing);
  const folder = mkdtempSync(join(tmpdir(), 'reset-desk-unit-'));
  try {
    const unit = join(folder, 'reset-desk-backend.service');
    writeFileSync(unit, serviceUnit());
    // In tenths: AppImage's "OK" range ends at 5.
    const { status, stdout } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', '--no-pager', '--threshold=20', unit],
      { encoding: 'utf8' },
    );
    expect(stdout).toMatch(/exposure level for reset-desk-backend\.service: 1\.\d OK/);
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the .rpm contains what the lists allow @packaged', () => {
  const missing = missingPrograms('rpm');
  test.skip(missing !== '', missing);
  const entries = lines('rpm', ['-qp', '--qf', '[%{FILEMODES:perms} %{FILENAMES}\n]', packageFile('.rpm')]);
  const files = entries.filter((line) => !line.startsWith('d')).map((line) => line.split(' /')[1] ?? line);
  expect(unexpectedFiles(files, installedFiles())).toEqual([]);
  expect(files.length).toBeGreaterThan(90);
  expect(entries).toContain('-rwsr-xr-x /opt/reset-desk/chrome-sandbox');
});

test('the .tar.gz contains the application and nothing else @packaged', () => {
  const files = lines('tar', ['--list', '--file', packageFile('.tar.gz')])
    .filter((name) => !name.endsWith('/'))
    .map((name) => name.replace(`reset-desk-${product.version}/`, ''));
  expect(files.toSorted()).toEqual([...filesIn(application), 'resources/package-type'].toSorted());
});

test('each package says the version of package.json @packaged', () => {
  expect(output('dpkg-deb', ['--field', packageFile('.deb'), 'Version']).trim()).toBe(product.version);
  for (const ending of ['.deb', '.rpm', '.AppImage', '.tar.gz'] as const) {
    test.skip(ending === '.rpm' && missingPrograms('rpm') !== '', 'rpm is not installed here.');
    expect(packageFile(ending)).toContain(product.version);
  }
  expect(lines('rpm', ['-qp', '--qf', '%{VERSION}\n', packageFile('.rpm')])).toEqual([product.version]);
});
