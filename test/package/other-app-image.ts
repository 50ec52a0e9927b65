import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { product } from '../../build/packages/identity.ts';

/**
 * Writes an AppImage again for tests: the same application, whose `package.json` says another version of as many characters, and which trusts the
 * authority that `NODE_EXTRA_CA_CERTS` names. The product does not: it reads the system's authorities, which the Electron of tests cannot.
 */
export async function writeOtherAppImage(
  image: string,
  { from, to, file }: { readonly from: string; readonly to: string; readonly file: string },
): Promise<void> {
  if (from.length !== to.length) throw new Error('The versions must have as many characters.');
  const folder = mkdtempSync('/var/tmp/reset-desk-image-');
  try {
    const start = Number(execFileSync(image, ['--appimage-offset'], { encoding: 'utf8' }));
    const [tree, squashfs] = [join(folder, 'tree'), join(folder, 'squashfs')];
    execFileSync('unsquashfs', ['-quiet', '-no-progress', '-o', String(start), '-d', tree, image]);
    const archive = join(tree, 'resources', 'app.asar');
    writeFileSync(archive, withVersion(readFileSync(archive), from, to));
    await flipFuses(join(tree, product.id), {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    });
    const compression = ['-comp', 'gzip', '-Xcompression-level', '1'];
    execFileSync('mksquashfs', [tree, squashfs, '-root-owned', '-quiet', '-no-progress', ...compression]);
    writeFileSync(file, Buffer.concat([readFileSync(image).subarray(0, start), readFileSync(squashfs)]));
    chmodSync(file, 0o755);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The archive with another version in its `package.json`; no other bytes move. Throws unless the old one is in it once. */
function withVersion(archive: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(archive);
  const found = [`"version": "${from}"`, `"version":"${from}"`]
    .map((text) => changed.indexOf(text))
    .filter((at) => at >= 0);
  const [at] = found;
  if (at === undefined || found.length > 1)
    throw new Error('The archive has no package.json of that version.');
  changed.write(to, changed.indexOf(from, at), 'latin1');
  return changed;
}
