import { matchesGlob } from 'node:path';
import { nodePlatform, product, type Processor, type Target } from './identity.ts';

/** A module that is not bundled, because it loads a compiled binary. */
interface NativeModule {
  readonly name: string;
  /** Patterns of further files within the module, in addition to `package.json` and the licence. */
  readonly files: readonly string[];
}

const registryModules = (arch: Processor): readonly NativeModule[] => [
  { name: 'native-reg', files: ['lib/index.js', `prebuilds/win32-${arch}/node.napi.node`] },
  { name: 'node-gyp-build', files: ['{index,node-gyp-build}.js'] },
];

const processors = (arch: Target['arch']): readonly Processor[] =>
  arch === 'universal' ? ['x64', 'arm64'] : [arch];

/** The suffix that modules with compiled binaries use for a system's C library. */
const libc = { linux: '-gnu', windows: '-msvc', macos: '' } as const;

/** Modules with a separate package for each processor. */
function compiledModules({ platform }: Target, arch: Processor): readonly NativeModule[] {
  const own = `${nodePlatform[platform]}-${arch}${libc[platform]}`;
  return [
    // Reads policies from the Windows registry.
    ...(platform === 'windows' ? registryModules(arch) : []),
    { name: `@libsql/${own}`, files: ['index.node'] },
    { name: `@node-rs/argon2-${own}`, files: [`argon2.${own}.node`] },
  ];
}

/** All node_modules in a package. A module that is needed at run time must have a row; modules without a row are left out. */
const nativeModules = (target: Target): readonly NativeModule[] => [
  {
    name: 'keytar',
    files: [
      'lib/keytar.js',
      ...processors(target.arch).map(
        (arch) => `prebuilds/${nodePlatform[target.platform]}-${arch}/keytar.node`,
      ),
    ],
  },
  { name: 'libsql', files: ['{auth,index,promise,sqlite-error}.js'] },
  { name: '@neon-rs/load', files: ['dist/index.js'] },
  { name: 'detect-libc', files: ['lib/{detect-libc,elf,filesystem,process}.js'] },
  { name: '@node-rs/argon2', files: ['{browser,index}.js'] },
  ...processors(target.arch).flatMap((arch) => compiledModules(target, arch)),
];

const moduleFiles = (target: Target): readonly string[] =>
  nativeModules(target).flatMap(({ name, files }) =>
    ['package.json', 'LICENSE{,.md,.txt}', ...files].map((file) => `node_modules/${name}/${file}`),
  );

/** The bundles of the backend. A server's package and the container contain them as well. */
export const backendBundle = [
  'out/backend/main.js',
  'out/backend/{backend,pdf-worker,part-*}.cjs',
  'out/backend/fonts/*',
];

/** Patterns of the files in `app.asar`. */
export const archivePatterns = (target: Target): readonly string[] => [
  'package.json',
  'out/main/{main,embedded-backend,entry-*}.js',
  'out/main/{console,part-*}.cjs',
  // V8's compiled code, if the package was made on the system that it is for.
  'out/{main,backend}/*.cjs.cache',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/renderer/first-screens.json',
  'out/renderer/assets/*.{css,js,woff,woff2,svg,png}',
  ...backendBundle,
  ...moduleFiles(target),
];

/** The modules of a server without a console, which plain Node runs, with patterns of their files. */
export const serverModules = (
  target: Target,
): readonly { readonly name: string; readonly patterns: readonly string[] }[] =>
  nativeModules(target)
    .filter(({ name }) => !['keytar', 'native-reg', 'node-gyp-build'].includes(name))
    .map(({ name, files }) => ({ name, patterns: ['package.json', 'LICENSE{,.md,.txt}', ...files] }));

const electron: Readonly<Record<Target['platform'], readonly string[]>> = {
  linux: [
    product.id,
    product.backendCommand,
    'chrome-sandbox',
    'chrome_crashpad_handler',
    'chrome_{100,200}_percent.pak',
    'resources.pak',
    'locales/*.pak',
    'icudtl.dat',
    '{snapshot_blob,v8_context_snapshot}.bin',
    'vk_swiftshader_icd.json',
    'lib{EGL,GLESv2,ffmpeg,vk_swiftshader}.so',
    'libvulkan.so.1',
    'LICENSE.electron.txt',
    'LICENSES.chromium.html',
  ],
  windows: [
    `${product.id}.exe`,
    `${product.backendCommand}.cmd`,
    'chrome_{100,200}_percent.pak',
    'resources.pak',
    'locales/*.pak',
    'icudtl.dat',
    '{snapshot_blob,v8_context_snapshot}.bin',
    'vk_swiftshader_icd.json',
    '{d3dcompiler_47,dxcompiler,dxil,ffmpeg,libEGL,libGLESv2,vk_swiftshader,vulkan-1}.dll',
    'LICENSE.electron.txt',
    'LICENSES.chromium.html',
  ],
  // macOS frameworks are signed as a whole, so this list names only the additions to Electron's folder.
  macos: [],
};

/** Patterns of the files in the application's folder, both beside and outside of `app.asar`. On macOS, the resources are within the bundle. */
export const folderPatterns = (target: Target): readonly string[] => [
  ...electron[target.platform],
  'resources/app.asar',
  'resources/package-type',
  'resources/{sbom.cdx.json,third-party-licences.txt}',
  'resources/apparmor-profile',
  ...moduleFiles(target).map((pattern) => `resources/app.asar.unpacked/${pattern}`),
];

/** The files that match no pattern. */
export const unexpectedFiles = (files: readonly string[], patterns: readonly string[]): readonly string[] =>
  files.filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)));

/** Patterns of files that electron-builder must leave out, because it includes production modules whole by default. */
export function leftOut(target: Target): readonly string[] {
  const system = nodePlatform[target.platform];
  const names = new Set(nativeModules(target).map(({ name }) => name));
  const prebuilds = processors(target.arch)
    .map((arch) => `${system}-${arch}`)
    .join('|');
  const own = (scope: string) =>
    [...names]
      .filter((name) => name.startsWith(scope))
      .map((name) => name.slice(scope.length))
      .join('|');
  return [
    '!**/*.map',
    '!**/*.d.ts',
    `!**/node_modules/keytar/{script,src,binding.gyp}{,/**}`,
    `!**/node_modules/keytar/prebuilds/!(${prebuilds}){,/**}`,
    `!**/node_modules/native-reg/{src,test,binding.gyp,reg.cc}{,/**}`,
    `!**/node_modules/native-reg/prebuilds/!(${prebuilds}){,/**}`,
    '!**/node_modules/node-gyp-build/{bin.js,build-test.js,optional.js,SECURITY.md}',
    `!**/node_modules/@libsql/!(${own('@libsql/')}){,/**}`,
    `!**/node_modules/@node-rs/!(${own('@node-rs/')}){,/**}`,
    ...['node-addon-api', 'native-reg', 'node-gyp-build', 'prebuild-install']
      .filter((name) => !names.has(name))
      .map((name) => `!**/node_modules/${name}{,/**}`),
  ];
}
