import { join } from 'node:path';
import { app, session } from 'electron';
import { setUpBridge } from './bridge/set-up-bridge.ts';
import { pageOrigin } from './content/page-address.ts';
import { declarePageScheme, setUpContent } from './content/set-up-content.ts';
import { openFileLog } from './log/file-log.ts';
import { setUpPermissions } from './permissions/set-up-permissions.ts';
import { openSettingsFile } from './settings-file/settings-file.ts';
import { setUpLastResort } from './start/set-up-last-resort.ts';
import { settleUserData } from './start/user-data.ts';
import { setUpAppearance } from './appearance/set-up-appearance.ts';
import { setUpNavigationGuards } from './window/set-up-navigation-guards.ts';
import { setUpWindow } from './window/set-up-window.ts';

/** `out`, whether unpacked or inside the package's archive. */
const built = join(import.meta.dirname, '..');

// SECURITY: every process of the page is sandboxed, also one that somebody forgets to ask it for.
app.enableSandbox();
declarePageScheme();
const userData = settleUserData();

if (app.requestSingleInstanceLock()) await startConsole();
else app.quit();

async function startConsole(): Promise<void> {
  const developing = !app.isPackaged;
  const log = await openFileLog({ folder: userData, alsoToConsole: developing });
  setUpLastResort(log);
  const settings = openSettingsFile({
    path: join(userData, 'settings.json'),
    onPutAside: () => {
      log.warn('settings could not be read and were put aside');
    },
    onTrouble: (thrown) => {
      log.unexpected('settings file', thrown);
    },
  });
  setUpNavigationGuards(log);

  void app.whenReady().then(() => {
    // In memory alone: nothing that the page was shown is left on the disk.
    const pageSession = session.fromPartition('page');
    setUpPermissions(pageSession);
    setUpContent(pageSession, join(built, 'renderer'));
    const window = setUpWindow({
      session: pageSession,
      preload: join(built, 'preload', 'preload.cjs'),
      settings,
      log,
      developing,
      quiet: process.env['RESET_DESK_HEADLESS'] === '1',
      onConceal: (why) => {
        emit('concealSecrets', { why });
      },
    });
    const { emit } = setUpBridge({ window: window.current, origin: pageOrigin, log });
    setUpAppearance({ settings, window: window.current, emit });
    window.open();
    app.on('second-instance', window.raise);
    app.on('activate', window.raise);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}
