import type { Processor } from '../identity.ts';
import { isInstalled } from '../run.ts';
import { buildAppImage } from './app-image.ts';
import { findAppImageRuntime } from './app-image-runtime.ts';
import { buildDeb, type Compression } from './deb.ts';
import { buildRpm } from './rpm.ts';
import { buildTarball } from './tarball.ts';
import type { LinuxSources } from './tree.ts';

interface LinuxPackagesOptions {
  readonly sources: LinuxSources;
  readonly arch: Processor;
  readonly compression: Compression;
  readonly out: string;
}

interface BuiltPackage {
  readonly file: string;
  readonly seconds: number;
}

/** Builds every package that this computer has the programs for, one after the other, and names those that it cannot build. */
export async function buildLinuxPackages(
  { sources, arch, compression, out }: LinuxPackagesOptions,
  say: (line: string) => void = console.log,
): Promise<readonly BuiltPackage[]> {
  const appImage = async (): Promise<string | null> => {
    const runtime = await findAppImageRuntime(arch, say);
    if (runtime === null) return null;
    if (runtime.fitFor === 'tests')
      say('The AppImage begins with the runtime of a Python package: for tests, not to be shipped.');
    return buildAppImage(sources, arch, compression, runtime, out);
  };
  const kinds = [
    { name: '.deb', program: 'dpkg-deb', build: () => buildDeb(sources, arch, compression, out) },
    { name: '.rpm', program: 'rpmbuild', build: () => buildRpm(sources, arch, compression, out) },
    { name: 'AppImage', program: 'mksquashfs', build: appImage },
    { name: '.tar.gz', program: 'tar', build: () => buildTarball(sources, arch, compression, out) },
  ] as const;
  const built: BuiltPackage[] = [];
  for (const { name, program, build } of kinds) {
    if (!isInstalled(program)) {
      say(`No ${name}: ${program} is not installed here.`);
      continue;
    }
    const started = performance.now();
    const file = await build();
    if (file === null) say(`No ${name}.`);
    else built.push({ file, seconds: (performance.now() - started) / 1000 });
  }
  return built;
}
