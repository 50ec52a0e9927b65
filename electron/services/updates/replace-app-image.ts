import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FeedFile } from '../../../shared/updates/update-feed.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';

const codes: Readonly<Record<string, 'update.disk-full'>> = {
  ENOSPC: 'update.disk-full',
  EDQUOT: 'update.disk-full',
};

/**
 * Replaces the AppImage by a package that was downloaded, in one rename: whatever fails before it leaves the old version as it was. Reads the package once more,
 * since another program may have changed it meanwhile. Throws `update.sum-wrong`, `update.disk-full` or `update.unwritable`.
 */
export async function replaceAppImage(appImage: string, downloaded: string, file: FeedFile): Promise<void> {
  const beside = `${appImage}.new`;
  try {
    await access(dirname(appImage), constants.W_OK);
    await copyFile(downloaded, beside);
    const sum = createHash('sha512')
      .update(await readFile(beside))
      .digest('base64');
    if (sum !== file.sha512) throw new ConsoleFailure('update.sum-wrong');
    await chmod(beside, 0o755);
    const written = await open(beside, 'r');
    try {
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(beside, appImage);
  } catch (thrown) {
    await rm(beside, { force: true }).catch(() => undefined);
    if (isFailure(thrown)) throw thrown;
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'error';
    throw new ConsoleFailure(codes[code] ?? 'update.unwritable', { detail: code });
  }
}
