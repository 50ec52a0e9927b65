import { chmodSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { product, type Processor } from '../identity.ts';
import { run } from '../run.ts';
import type { AppImageRuntime } from './app-image-runtime.ts';
import type { Compression } from './deb.ts';
import { desktopEntry } from './files.ts';
import { fillTemplate, linkApplication, place, type LinuxSources } from './tree.ts';

const methods = {
  gzip: { fast: ['-comp', 'gzip', '-Xcompression-level', '1'], small: ['-comp', 'gzip'] },
  xz: { fast: ['-comp', 'xz'], small: ['-comp', 'xz', '-b', '256K'] },
  zstd: {
    fast: ['-comp', 'zstd', '-Xcompression-level', '1'],
    small: ['-comp', 'zstd', '-Xcompression-level', '19'],
  },
} as const;

/** Builds the AppImage in the folder `out`: the runtime, and the application as a squashfs behind it. Answers its path. */
export async function buildAppImage(
  sources: LinuxSources,
  arch: Processor,
  compression: Compression,
  runtime: AppImageRuntime,
  out: string,
): Promise<string> {
  const { id, linux } = product;
  const { application, icons, version } = sources;
  const tree = join(out, 'AppDir');
  await linkApplication(application, tree);
  // The helper could not have its owner's rights within a mount of its user's. Chromium then uses user namespaces alone.
  rmSync(join(tree, 'chrome-sandbox'));
  place(join(tree, 'resources', 'package-type'), 'appimage');
  place(join(tree, 'AppRun'), fillTemplate('AppRun', sources), 0o755);
  place(join(tree, `${id}.desktop`), `${desktopEntry(id)}X-AppImage-Version=${version}\n`);
  const largest = readFileSync(join(icons.folder, `${Math.max(...linux.iconSizes)}x512.png`));
  for (const name of [`${id}.png`, '.DirIcon']) place(join(tree, name), largest);
  const method = runtime.compressions.find((name) =>
    compression === 'fast' ? name === 'gzip' : name !== 'gzip',
  );
  const squashfs = join(out, `${id}.squashfs`);
  await run('mksquashfs', [
    tree,
    squashfs,
    '-root-owned',
    '-noappend',
    '-no-xattrs',
    '-quiet',
    '-no-progress',
    ...methods[method ?? 'gzip'][compression],
  ]);
  const file = join(out, `${id}-${version}-${arch}.AppImage`);
  copyFileSync(runtime.file, file);
  await appendFile(file, readFileSync(squashfs));
  chmodSync(file, 0o755);
  for (const path of [tree, squashfs]) rmSync(path, { recursive: true, force: true });
  return file;
}
