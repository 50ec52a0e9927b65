import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app, session as webSession } from 'electron';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import { receivePageCalls } from '../bridge/page-calls.ts';
import { predictedState } from '../features/server/initial-state.ts';
import { openFileLog } from '../log/file-log.ts';
import { createLimitedLog } from '../log/limited-log.ts';
import { createBackendProcess } from '../services/backend-process/backend-process.ts';
import { forkBackend } from '../services/backend-process/fork-backend.ts';
import { openSettingsFile } from '../services/settings-file/settings-file.ts';
import { setTimer } from '../services/timers/timers.ts';
import { setUpAppearance } from '../shell/appearance/set-up-appearance.ts';
import { declarePageScheme, setUpContent } from '../shell/content/set-up-content.ts';
import { setUpPermissions } from '../shell/permissions/set-up-permissions.ts';
import { setUpNavigationGuards } from '../shell/window/set-up-navigation-guards.ts';
import { setUpWindow } from '../shell/window/set-up-window.ts';
import type { Console } from './compose-console.ts';
import { setUpCrashHandler } from './set-up-crash-handler.ts';
import { setUpUserData } from './user-data.ts';

/** The folder of built files: `out`, unpacked or inside the package's archive. */
const outFolder = join(import.meta.dirname, '..');

// SECURITY: docs/security.md, 1. Sandboxes every renderer, including one that is created without asking for it.
// Chromium's sandbox cannot start as root in a container, and Electron then refuses to enable it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declarePageScheme();
const userData = setUpUserData();

if (app.requestSingleInstanceLock()) {
  // Not awaited: Electron becomes ready only after this module has been evaluated.
  startApp().catch((thrown: unknown) => {
    process.stderr.write(
      `${thrown instanceof Error ? thrown.message : 'The console could not be started.'}\n`,
    );
    app.exit(1);
  });
} else app.quit();

/** Loads and opens only what the window needs; the rest is loaded while the page is. */
async function startApp(): Promise<void> {
  const isDevelopment = !app.isPackaged;
  const version = app.getVersion();
  const now = Date.now;
  const log = createLimitedLog({
    log: openFileLog({ folder: userData, alsoToConsole: isDevelopment }),
    now,
    setTimer,
  });
  setUpCrashHandler(log);
  const settings = openSettingsFile({
    path: join(userData, 'settings.json'),
    onQuarantined: () => {
      log.warn('settings file is invalid and was renamed');
    },
    onError: (thrown) => {
      log.unexpected('settings file', thrown);
    },
  });
  setUpNavigationGuards(log);

  let console: Console | null = null;
  const setupCode = randomBytes(18).toString('base64url');
  const backend = createBackendProcess({
    fork: () => forkBackend(join(outFolder, 'backend', 'main.js'), log),
    dataFolder: join(userData, 'backend'),
    version,
    setupCode,
    port: {
      read: () => settings.read().thisComputer.port,
      write: (port) => {
        settings.update((before) => ({ ...before, thisComputer: { ...before.thisComputer, port } }));
      },
    },
    onState: (state) => console?.onBackendState(state),
    log,
    now,
    setTimer,
  });
  await app.whenReady();
  // A partition without `persist:` stays in memory: nothing that the page was shown is written to disk.
  const pageSession = webSession.fromPartition('page');
  setUpPermissions(pageSession);
  const platform = process.platform as ConsoleState['platform'];
  // A page that is reloaded asks the console instead.
  const initialState = () =>
    console === null ? predictedState(settings.read(), { platform, version }) : null;
  setUpContent(pageSession, join(outFolder, 'renderer'), initialState);
  const window = setUpWindow({
    session: pageSession,
    preload: join(outFolder, 'preload', 'preload.cjs'),
    settings,
    log,
    isDevelopment,
    opensInactive: process.env['RESET_DESK_HEADLESS'] === '1',
    onConceal: (why) => console?.emit('concealSecrets', { why }),
  });
  const appearance = setUpAppearance({
    settings,
    window: window.current,
    onChange: (dark) => console?.emit('appearance', { dark }),
  });
  const { calls, first } = receivePageCalls();
  // Never before Electron is ready, which can crash it. The page learns of a failure from the state that it asks for.
  const startBackend = () => {
    if (settings.read().current?.kind === 'this-computer') backend.baseUrl().catch(() => undefined);
  };
  // Without a predicted state the page has nothing to draw before the backend answers. With one, the page comes first.
  if (initialState() === null) startBackend();
  // Until the page's first call, both cores of a small computer are busy with Chromium's own processes, and the page loads its files from this one.
  await Promise.race([first, window.open()]);
  const { composeConsole } = await import('./compose-console.ts');
  console = composeConsole({
    log,
    settings,
    backend,
    setupCode,
    window,
    appearance,
    calls,
    version,
    isDevelopment,
    now,
    setTimer,
  });
  startBackend();
}
