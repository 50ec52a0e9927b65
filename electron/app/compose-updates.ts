import { app } from 'electron';
import { join } from 'node:path';
import { linkScheme } from '../../shared/bridge/deep-link.ts';
import type { UpdateState } from '../../shared/bridge/update-state.ts';
import type { ManagedState } from '../../shared/managed/managed-settings.ts';
import type { Emit } from '../bridge/emitter.ts';
import type { Notices } from '../features/notices/notices.ts';
import { createUpdates, type Updates } from '../features/updates/updates.ts';
import type { Log } from '../log/log.ts';
import { loadHttp } from '../services/reset-api/load-http.ts';
import type { FindProxy } from '../services/reset-api/proxy-choice.ts';
import { systemTrust } from '../services/reset-api/system-trust.ts';
import type { SettingsFile } from '../services/settings-file/settings-file.ts';
import { every, type SetTimer } from '../services/timers/timers.ts';
import { downloadUpdate } from '../services/updates/download-update.ts';
import { selfUpdatingKind } from '../services/updates/package-kind.ts';
import { replaceAppImage } from '../services/updates/replace-app-image.ts';
import { createUpdateHttp } from '../services/reset-api/update-http.ts';
import { startAfterExit } from '../services/updates/start-after-exit.ts';
import { updatePublicKey } from '../services/updates/update-key.ts';
import { giveToUpdater, type VerifiedPackage } from '../services/updates/updater-with-file.ts';

interface Collaborators {
  readonly settings: SettingsFile;
  readonly managed: ManagedState;
  readonly notices: Notices;
  readonly emit: Emit;
  readonly version: string;
  /** The feed that the selected server names. */
  readonly serverFeed: () => string | null;
  readonly isBusy: () => Promise<boolean>;
  readonly findProxy: FindProxy;
  readonly log: Log;
  readonly setTimer: SetTimer;
}

/** Milliseconds. The first check waits until the console has started; later checks run a few times a day. */
const firstCheckMs = 2 * 60_000;
const checkEveryMs = 6 * 60 * 60_000;

/** Tells the operator once of each version that is available or ready. */
function announce(notices: Notices): (state: UpdateState) => void {
  let told = '';
  return ({ stage, version }) => {
    if (version === null || (stage !== 'available' && stage !== 'ready')) return;
    if (told === `${stage} ${version}`) return;
    told = `${stage} ${version}`;
    notices.add(stage === 'ready' ? 'update-ready' : 'update-available', version);
  };
}

/** How this package is replaced by a verified one, and how the new version is started. */
function replacing(kind: ReturnType<typeof selfUpdatingKind>, folder: string) {
  const appImage = process.env['APPIMAGE'] ?? '';
  if (kind === 'appimage')
    return {
      prepare: ({ path, file }: VerifiedPackage) => replaceAppImage(appImage, path, file),
      restart: () => {
        // A deep link that the operator followed is not followed again.
        const args = process.argv.slice(1).filter((argument) => !argument.startsWith(`${linkScheme}:`));
        startAfterExit(appImage, args);
        app.quit();
      },
    };
  const updater = async () => (await import('electron-updater')).default.autoUpdater;
  return {
    prepare: async (verified: VerifiedPackage) => giveToUpdater(await updater(), verified, folder),
    restart: () => void updater().then((loaded) => loaded.quitAndInstall(true, true)),
  };
}

/** Sets up the updates of the console itself, and checks for them from time to time. */
export function composeUpdates(collaborators: Collaborators): Updates {
  const { settings, managed, emit, version, serverFeed, isBusy, findProxy, log, setTimer } = collaborators;
  const { UpdateMode: mode = 'notify', UpdateChannel: channel = 'stable', UpdateFeedUrl } = managed.values;
  const folder = join(app.getPath('userData'), 'updates');
  const kind = selfUpdatingKind({
    isPackaged: app.isPackaged,
    platform: process.platform,
    environment: process.env,
    resources: process.resourcesPath,
    executable: process.execPath,
  });
  const http = createUpdateHttp(() => loadHttp(systemTrust, findProxy), setTimer);
  const tell = announce(collaborators.notices);
  const updates = createUpdates({
    mode,
    channel,
    feedUrl: () => UpdateFeedUrl ?? serverFeed(),
    publicKey: updatePublicKey,
    version,
    installation: settings.read().installation,
    kind,
    arch: process.arch,
    newestSeen: {
      read: () => {
        const { newestUpdate, newestFeed } = settings.read();
        const seen = newestUpdate[channel];
        return seen === null ? null : { version: seen, released: newestFeed[channel] };
      },
      write: ({ version: seen, released }) => {
        settings.update((before) => ({
          ...before,
          newestUpdate: { ...before.newestUpdate, [channel]: seen },
          newestFeed: { ...before.newestFeed, [channel]: released },
        }));
      },
    },
    http,
    download: (url, file) => downloadUpdate({ url, file, folder, open: http.openLarge, setTimer }),
    ...replacing(kind, app.getPath('userData')),
    isBusy,
    onFree: (ready) => {
      collaborators.notices.add('update-ready', ready);
    },
    onChange: (state) => {
      emit('update', state);
      tell(state);
    },
    log,
  });
  if (mode !== 'off') {
    setTimer(firstCheckMs, () => void updates.check());
    every(checkEveryMs, () => void updates.check());
  }
  return updates;
}
