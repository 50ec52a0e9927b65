import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import type { AppUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import type { FeedFile } from '../../../shared/updates/update-feed.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';

/** A package that was downloaded and verified. */
export interface VerifiedPackage {
  readonly version: string;
  readonly path: string;
  readonly file: FeedFile;
}

const infoOf = ({ version, file }: VerifiedPackage): UpdateInfo => ({
  version,
  files: [{ url: file.name, sha512: file.sha512, size: file.bytes }],
  path: file.name,
  sha512: file.sha512,
  releaseDate: '',
});

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}

/**
 * Gives electron-updater a package that was verified already, in the place of a feed and a download of its own: Chromium reaches no host from here,
 * and its feed is not signed. `folder` receives the file from which it reads the name of its cache.
 */
export async function giveToUpdater(
  updater: AppUpdater,
  verified: VerifiedPackage,
  folder: string,
): Promise<void> {
  const configuration = join(folder, 'app-update.yml');
  await writeFile(configuration, 'provider: custom\nupdaterCacheDirName: reset-desk-updater\n');
  updater.updateConfigPath = configuration;
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.disableDifferentialDownload = true;
  updater.disableWebInstaller = true;
  class VerifiedProvider {
    readonly isUseMultipleRangeRequest = false;
    readonly fileExtraDownloadHeaders = null;
    setRequestHeaders(): void {
      // Nothing is requested.
    }
    async getLatestVersion(): Promise<UpdateInfo> {
      return infoOf(verified);
    }
    resolveFiles(): ResolvedUpdateFileInfo[] {
      const [info] = infoOf(verified).files;
      return info === undefined ? [] : [{ url: pathToFileURL(verified.path), info }];
    }
  }
  updater.setFeedURL({ provider: 'custom', updateProvider: VerifiedProvider as never });
  const copies = {
    download: async (_url: URL, destination: string) => {
      await copyFile(verified.path, destination);
      // Another program may have changed it meanwhile.
      if ((await sumOf(destination)) !== verified.file.sha512) {
        await rm(destination, { force: true });
        throw new ConsoleFailure('update.sum-wrong');
      }
      return destination;
    },
  };
  (updater as unknown as { httpExecutor: typeof copies }).httpExecutor = copies;
  const found = await updater.checkForUpdates();
  if (found === null) throw new Error('The updater is not active in this package.');
  await updater.downloadUpdate(found.cancellationToken);
}
