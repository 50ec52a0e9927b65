import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { product, type Processor } from '../identity.ts';
import { run } from '../run.ts';
import type { Compression } from './deb.ts';
import { linkApplication, place, type LinuxSources } from './tree.ts';

/** Packs the application's folder as a `.tar.gz`, for systems without `.deb`, `.rpm` and FUSE. Answers its path. */
export async function buildTarball(
  { application, version, date }: LinuxSources,
  arch: Processor,
  compression: Compression,
  out: string,
): Promise<string> {
  const name = `${product.id}-${version}`;
  const tree = join(out, 'tar');
  await linkApplication(application, join(tree, name));
  place(join(tree, name, 'resources', 'package-type'), 'tar.gz');
  const file = join(out, `${name}-linux-${arch}.tar.gz`);
  await run('tar', [
    '--create',
    '--file',
    file,
    '--directory',
    tree,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--sort=name',
    `--mtime=${date.toISOString()}`,
    `--use-compress-program=gzip -n ${compression === 'fast' ? '-1' : '-9'}`,
    name,
  ]);
  rmSync(tree, { recursive: true, force: true });
  return file;
}
