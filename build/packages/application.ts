import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPackage } from '@electron/asar';
import { flipFuses } from '@electron/fuses';
import { Arch, build as pack, Platform as BuilderPlatform, type Configuration } from 'electron-builder';
import { bundledParts } from '../bundled-modules.ts';
import type { ElectronRuntime } from '../electron-runtime.ts';
import { componentsOf, refuseLicences, writeMaterials } from './bill-of-materials.ts';
import { archivePatterns, folderPatterns, leftOut, unexpectedFiles } from './contents.ts';
import { fuseConfiguration } from './fuses.ts';
import type { Icons } from './icons.ts';
import { nodePlatform, product, type Target } from './identity.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

/** The launcher of the command `reset-desk-backend`, beside the executable that it starts. */
const launcher = (system: 'linux' | 'windows') => [
  { from: join(root, 'build', 'launchers', system), to: '.' },
];

export interface ApplicationOptions {
  readonly target: Target;
  readonly electron: ElectronRuntime;
  readonly icons: Icons;
  readonly out: string;
  /** A folder with `out`, `package.json` and the node_modules for the target's system; the project itself by default. */
  readonly project?: string;
}

/** The name of the executable within the application's folder. */
export const executableOf = ({ platform }: Target): string =>
  ({
    linux: product.id,
    windows: `${product.id}.exe`,
    macos: `${product.name}.app/Contents/MacOS/${product.name}`,
  })[platform];

/** All files of a folder, with `/` between their parts. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !statSync(join(folder, name)).isDirectory())
    .map((name) => name.split(sep).join('/'));

/** The files in an archive, without its folders. */
export function filesInArchive(archive: string): readonly string[] {
  const names = listPackage(archive, { isPack: false }).map((name) => name.replace(/^[\\/]/, ''));
  const folders = new Set(names.map((name) => name.split(/[\\/]/).slice(0, -1).join('/')));
  return names.map((name) => name.split('\\').join('/')).filter((name) => !folders.has(name));
}

const resourcesOf = (folder: string, { platform }: Target): string =>
  join(folder, platform === 'macos' ? `${product.name}.app/Contents/Resources` : 'resources');

/** Throws if the application contains a file that `contents.ts` does not allow. */
export function refuseUnexpectedFiles(folder: string, target: Target): void {
  const resources = resourcesOf(folder, target);
  const unexpected = [
    ...unexpectedFiles(filesInArchive(join(resources, 'app.asar')), archivePatterns(target)),
    ...(target.platform === 'macos' ? [] : unexpectedFiles(filesIn(folder), folderPatterns(target))),
  ];
  if (unexpected.length > 0)
    throw new Error(
      `Not on the list of what a package contains (build/packages/contents.ts): ${unexpected.join(', ')}`,
    );
}

/** The electron-builder configuration for the application, including the installers that electron-builder makes itself. */
export function builderConfiguration({
  target,
  electron,
  icons,
  out,
  project = root,
}: ApplicationOptions): Configuration {
  const isSigned = process.env['CSC_LINK'] !== undefined;
  return {
    appId: product.appId,
    productName: product.name,
    copyright: `Copyright © ${product.copyright}`,
    executableName: product.id,
    electronDist: electron.folder,
    electronVersion: electron.version,
    directories: { output: out, buildResources: join(root, 'build') },
    files: [
      'out/{main,preload,renderer,backend}/**',
      'package.json',
      // Compiled code runs only on the system that compiled it.
      ...(target.arch === process.arch && nodePlatform[target.platform] === process.platform
        ? []
        : ['!**/*.cache']),
      ...leftOut(target),
    ],
    asar: true,
    // The operating system loads native modules and cannot read them inside an archive.
    asarUnpack: ['**/*.node'],
    npmRebuild: false,
    publish: null,
    protocols: product.protocols.map(({ name, scheme }) => ({ name, schemes: [scheme] })),
    linux: {
      target: 'dir',
      category: product.linux.category,
      icon: icons.folder,
      extraFiles: launcher('linux'),
    },
    win: { target: 'dir', icon: icons.ico, extraFiles: launcher('windows') },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowElevation: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      installerLanguages: ['en_US', 'de_DE', 'fr_FR', 'es_ES'],
      include: join(here, 'windows', 'installer.nsh'),
      artifactName: `${product.id}-setup-\${version}-\${arch}.\${ext}`,
    },
    mac: {
      target: 'dir',
      icon: icons.icns,
      category: product.macos.category,
      // electron-builder finds the certificate through the environment. Without a certificate, it would make an ad-hoc signature.
      ...(isSigned ? {} : { identity: null }),
      hardenedRuntime: true,
      // Otherwise macOS shows notifications without their buttons.
      extendInfo: { NSUserNotificationAlertStyle: 'alert' },
      entitlements: join(here, 'macos', 'entitlements.plist'),
      entitlementsInherit: join(here, 'macos', 'entitlements.plist'),
      notarize: process.env['APPLE_API_KEY'] !== undefined,
      // These files contain both processors, so they are identical in both halves of a universal application.
      x64ArchFiles: '**/*.node',
      artifactName: `${product.id}-\${version}-macos-\${arch}.\${ext}`,
    },
    // An unsigned build must fail instead of looking like a release.
    forceCodeSigning: isSigned,
    afterPack: async ({ appOutDir }) => {
      // electron-builder removes these files from an Electron that it downloads, but not from a local folder.
      rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
      rmSync(join(appOutDir, 'version'), { force: true });
      // Libraries are read, not run.
      for (const name of filesIn(appOutDir).filter((file) => /\.(?:node|so(?:\.\d+)?)$/.test(file)))
        chmodSync(join(appOutDir, name), 0o644);
      const executable = join(appOutDir, executableOf(target));
      await flipFuses(executable, await fuseConfiguration(executable, target.platform));
      const resources = resourcesOf(appOutDir, target);
      const components = componentsOf(filesInArchive(join(resources, 'app.asar')), bundledParts, project);
      refuseLicences(components);
      writeMaterials(resources, components, electron.version);
      refuseUnexpectedFiles(appOutDir, target);
    },
  };
}

const builderPlatforms = {
  linux: BuilderPlatform.LINUX,
  windows: BuilderPlatform.WINDOWS,
  macos: BuilderPlatform.MAC,
} as const;

/** Builds the application's folder with electron-builder and answers its path. */
export async function packApplication(options: ApplicationOptions): Promise<string> {
  const { target, out, project = root } = options;
  mkdirSync(out, { recursive: true });
  const before = new Set(readdirSync(out));
  await pack({
    targets: builderPlatforms[target.platform].createTarget('dir', Arch[target.arch]),
    config: builderConfiguration(options),
    projectDir: project,
  });
  const made = readdirSync(out).find(
    (name) => !before.has(name) && existsSync(join(out, name, executableOf(target))),
  );
  if (made === undefined)
    throw new Error(
      `electron-builder made no application for ${nodePlatform[target.platform]} in ${relative(root, out)}.`,
    );
  return join(out, made);
}

/** Builds electron-builder's installers: NSIS for one user on Windows, `.dmg` and `.zip` on macOS. Needs electron-builder's downloads. */
export async function packInstallers(options: ApplicationOptions): Promise<void> {
  const { target, project = root } = options;
  const kinds = { linux: [], windows: ['nsis'], macos: ['dmg', 'zip'] }[target.platform];
  await pack({
    targets: builderPlatforms[target.platform].createTarget(kinds, Arch[target.arch]),
    config: builderConfiguration(options),
    projectDir: project,
  });
  if (process.env['CSC_LINK'] === undefined)
    console.log('UNSIGNED: the environment names no certificate (CSC_LINK).');
}
