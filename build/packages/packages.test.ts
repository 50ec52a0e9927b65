import { readdirSync, readFileSync } from 'node:fs';
import { FuseV1Options } from '@electron/fuses';
import { expect, test } from 'vitest';
import { packageOf } from '../bundled-modules.ts';
import { isAccepted, refuseLicences } from './bill-of-materials.ts';
import { archivePatterns, folderPatterns, unexpectedFiles } from './contents.ts';
import { fusesOf } from './fuses.ts';
import { product, type Target } from './identity.ts';
import { desktopEntry, serviceUnit } from './linux/files.ts';
import { fillTemplate } from './linux/tree.ts';
import { releaseFaults } from './release-faults.ts';

const targets = (['linux', 'windows', 'macos'] as const).flatMap((platform) =>
  (['x64', 'arm64'] as const).map((arch): Target => ({ platform, arch })),
);

test.each(targets)(
  'a package for $platform on $arch refuses foreign binaries, tools and headers',
  (target) => {
    const refused = [
      'node_modules/keytar/prebuilds/freebsd-x64/keytar.node',
      'node_modules/keytar/script/install.js',
      'node_modules/node-addon-api/napi.h',
      'node_modules/@libsql/linux-x64-musl/index.node',
      'node_modules/vite/index.js',
      'out/main/main.js.map',
      'out/test/anything.js',
    ];
    expect(unexpectedFiles(refused, archivePatterns(target))).toEqual(refused);
    const beside = ['version', 'resources/default_app.asar', 'resources/app.asar.unpacked/any.node'];
    expect(unexpectedFiles(beside, folderPatterns(target))).toEqual(beside);
  },
);

test('the archive of each system is checked where Electron can check it', () => {
  const integrity = FuseV1Options.EnableEmbeddedAsarIntegrityValidation;
  expect(fusesOf('windows')[integrity]).toBe(true);
  expect(fusesOf('macos')[integrity]).toBe(true);
  expect(fusesOf('linux')[integrity]).toBe(false);
});

test('no path or name that systems split at spaces has a space', () => {
  const { id, appId, backendCommand, linux } = product;
  for (const text of [id, appId, backendCommand, linux.folder, linux.service.user, linux.service.data])
    expect(text).not.toMatch(/\s/);
});

test('the version is the one of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(product.version).toBe(manifest.version);
});

test('the desktop entry hands links over and names each language once', () => {
  const lines = desktopEntry('/opt/reset-desk/reset-desk').split('\n');
  expect(lines).toContain('MimeType=x-scheme-handler/resetdesk;');
  expect(lines).toContain('Exec=/opt/reset-desk/reset-desk %U');
  const keys = lines.map((line) => line.split('=')[0]).filter((key) => key !== '');
  expect(new Set(keys).size).toBe(keys.length);
});

test('the unit gives the backend no rights and one folder to write to', () => {
  const unit = serviceUnit();
  for (const line of [
    'User=reset-desk',
    'NoNewPrivileges=true',
    'CapabilityBoundingSet=',
    'ProtectSystem=strict',
    'ProtectHome=true',
    'StateDirectory=reset-desk',
    'StateDirectoryMode=0700',
    'LimitCORE=0',
    'RestartPreventExitStatus=78',
  ])
    expect(unit.split('\n')).toContain(line);
});

test('the manual page names every variable that the backend reads', () => {
  const page = fillTemplate('reset-desk-backend.8', { version: '1.0.0', date: new Date(0) });
  const readers = ['app/configuration/environment.ts', 'messaging/mail/mail-environment.ts'];
  const variables = readers.flatMap((file) =>
    [
      ...readFileSync(new URL(`../../backend/${file}`, import.meta.url), 'utf8').matchAll(
        /RESET_DESK_[A-Z_]+[A-Z]/g,
      ),
    ].map(([name]) => name),
  );
  expect(new Set(variables).size).toBeGreaterThan(10);
  for (const name of new Set(variables)) expect(page).toContain(name);
});

test('the manual page names every command of the backend', () => {
  const page = fillTemplate('reset-desk-backend.8', { version: '1.0.0', date: new Date(0) }).replaceAll(
    '\\',
    '',
  );
  const folder = new URL('../../backend/app/commands/', import.meta.url);
  const commands = readdirSync(folder)
    .filter((file) => !file.includes('.test.'))
    .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/name: \[('[a-z', -]+')\]/g)])
    .map(([, words = '']) => words.replaceAll(/[',]/g, ''));
  expect(commands).toContain('audit verify');
  expect(commands.filter((command) => !page.includes(command))).toEqual([]);
});

test.each(['reset-desk.1', 'reset-desk-backend.8', 'copyright', 'postinst', 'prerm', 'postrm', 'AppRun'])(
  'the template %s has a value for each name',
  (name) => {
    expect(fillTemplate(name, { version: '1.0.0', date: new Date(0) })).not.toMatch(/@[A-Z]+@/);
  },
);

test.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['GPL-3.0-only OR MIT', true],
  ['MIT AND GPL-3.0-only', false],
  ['AGPL-3.0-only', false],
  ['', false],
])('the licence "%s" is accepted: %s', (licence, accepted) => {
  expect(isAccepted(licence)).toBe(accepted);
});

test('a component without an accepted licence fails the build by its name', () => {
  const component = { name: 'left-pad', version: '1.0.0', licence: 'SSPL-1.0', texts: [] };
  expect(() => refuseLicences([component])).toThrow('left-pad (SSPL-1.0)');
});

test.each([
  ['/p/node_modules/zod/v4/index.js', 'node_modules/zod'],
  ['/p/node_modules/@mantine/core/esm/x.mjs?used', 'node_modules/@mantine/core'],
  ['/p/node_modules/a/node_modules/@b/c/x.js', 'node_modules/a/node_modules/@b/c'],
  ['\0/p/node_modules/cjs/x.js', 'node_modules/cjs'],
  ['/p/backend/main.ts', null],
])('the module %s belongs to the package %s', (id, found) => {
  expect(packageOf(id)).toBe(found);
});

const releasable = {
  version: '1.2.3',
  changelog: '## [1.2.3]\n',
  lock: JSON.stringify({ version: '1.2.3', packages: {} }),
  workflows: [{ name: 'release.yml', text: `permissions: {}\nuses: a/b@${'0'.repeat(40)} # v1.0.0\n` }],
  tag: 'v1.2.3',
};

test.each([
  ['nothing', {}, []],
  ['another tag', { tag: 'v1.2.4' }, ['The tag is v1.2.4, and package.json says 1.2.3.']],
  ['no section', { changelog: '' }, ['CHANGELOG.md has no section for 1.2.3.']],
  [
    'an old lock file',
    { lock: JSON.stringify({ version: '1.2.2', packages: {} }) },
    ['package-lock.json says 1.2.2, and package.json 1.2.3.'],
  ],
  [
    'a registry in the lock file',
    {
      lock: JSON.stringify({
        version: '1.2.3',
        packages: { a: { resolved: 'https://registry.example.com/a' } },
      }),
    },
    ['package-lock.json names a registry.'],
  ],
  [
    'an action by its tag',
    { workflows: [{ name: 'x.yml', text: 'permissions: {}\nuses: a/b@v1\n' }] },
    ['x.yml: pin a/b@v1 to a commit, with its version as a comment.'],
  ],
  [
    'an action by its branch, with a comment',
    { workflows: [{ name: 'x.yml', text: 'permissions: {}\nuses: a/b@main # v1.0.0\n' }] },
    ['x.yml: pin a/b@main to a commit, with its version as a comment.'],
  ],
  [
    'steps that PowerShell runs',
    { workflows: [{ name: 'x.yml', text: 'permissions: {}\nruns-on: windows-2025\nrun: x "$NAME"\n' }] },
    ['x.yml: let bash run the steps (defaults: run: shell: bash); in PowerShell, "$NAME" is empty.'],
  ],
  [
    'rights for every job',
    { workflows: [{ name: 'x.yml', text: 'permissions: write-all\n' }] },
    ['x.yml: begin without any permission (permissions: {}).'],
  ],
])('a release with %s is checked', (_, change, faults) => {
  expect(releaseFaults({ ...releasable, ...change })).toEqual(faults);
});

test("the project's own workflows and lock file can be released", () => {
  const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const workflows = [{ name: 'release.yml', text: read('.github/workflows/release.yml') }];
  const sources = { version: product.version, changelog: '', lock: read('package-lock.json'), workflows };
  expect(releaseFaults(sources)).toEqual([]);
});
