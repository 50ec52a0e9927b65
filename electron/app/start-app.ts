import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app, session as webSession } from 'electron';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import { setUpAppearance } from '../shell/appearance/set-up-appearance.ts';
import { createBackendProcess } from '../services/backend-process/backend-process.ts';
import { forkBackend } from '../services/backend-process/fork-backend.ts';
import { receivePageCalls } from '../bridge/page-calls.ts';
import type { Console } from './compose-console.ts';
import { declarePageScheme, setUpContent } from '../shell/content/set-up-content.ts';
import { openFileLog } from '../log/file-log.ts';
import { setUpPermissions } from '../shell/permissions/set-up-permissions.ts';
import { predictedState } from '../features/server/initial-state.ts';
import { openSettingsFile } from '../services/settings-file/settings-file.ts';
import { setUpCrashHandler } from './set-up-crash-handler.ts';
import { setUpUserData } from './user-data.ts';
import { setUpNavigationGuards } from '../shell/window/set-up-navigation-guards.ts';
import { setUpWindow } from '../shell/window/set-up-window.ts';

/** `out`, whether unpacked or inside the package's archive. */
const built = join(import.meta.dirname, '..');

// SECURITY: every process of the page is sandboxed, also one that somebody forgets to ask it for.
// As root, in a container, Chromium's sandbox cannot start, and Electron refuses to promise it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declarePageScheme();
const userData = setUpUserData();

if (app.requestSingleInstanceLock()) {
  // Not awaited: Electron is ready only after this module has been evaluated.
  openConsole().catch((thrown: unknown) => {
    process.stderr.write(
      `${thrown instanceof Error ? thrown.message : 'The console could not be started.'}\n`,
    );
    app.exit(1);
  });
} else app.quit();

/** Only what the window needs; what works behind it is read while the page is. */
async function openConsole(): Promise<void> {
  const developing = !app.isPackaged;
  const version = app.getVersion();
  const now = Date.now;
  const setTimer = (milliseconds: number, work: () => void) => {
    const timer = setTimeout(work, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  };
  const log = openFileLog({ folder: userData, alsoToConsole: developing });
  setUpCrashHandler(log);
  const settings = openSettingsFile({
    path: join(userData, 'settings.json'),
    onQuarantined: () => {
      log.warn('settings could not be read and were put aside');
    },
    onError: (thrown) => {
      log.unexpected('settings file', thrown);
    },
  });
  setUpNavigationGuards(log);

  let behind: Console | null = null;
  const setupCode = randomBytes(18).toString('base64url');
  const backend = createBackendProcess({
    fork: () => forkBackend(join(built, 'backend', 'main.js'), log),
    dataFolder: join(userData, 'backend'),
    version,
    setupCode,
    port: {
      read: () => settings.read().thisComputer.port,
      keep: (port) => {
        settings.update((before) => ({ ...before, thisComputer: { ...before.thisComputer, port } }));
      },
    },
    onState: (state) => behind?.onBackendState(state),
    log,
    now,
    setTimer,
  });
  await app.whenReady();
  // In memory alone: nothing that the page was shown is left on the disk.
  const pageSession = webSession.fromPartition('page');
  setUpPermissions(pageSession);
  // Once the console is there, a page that is loaded anew asks it.
  const own = { platform: process.platform as ConsoleState['platform'], version };
  setUpContent(pageSession, join(built, 'renderer'), () =>
    behind === null ? predictedState(settings.read(), own) : null,
  );
  const window = setUpWindow({
    session: pageSession,
    preload: join(built, 'preload', 'preload.cjs'),
    settings,
    log,
    developing,
    quiet: process.env['RESET_DESK_HEADLESS'] === '1',
    onConceal: (why) => behind?.emit('concealSecrets', { why }),
  });
  const appearance = setUpAppearance({
    settings,
    window: window.current,
    onChange: (dark) => behind?.emit('appearance', { dark }),
  });
  const { calls, first } = receivePageCalls();
  // Never before Electron is ready, which can crash it. A failure is told by the state that the page asks for.
  const startBackend = () => {
    if (settings.read().current?.kind === 'this-computer') backend.baseUrl().catch(() => undefined);
  };
  // A kept session shows nothing before the backend answers; a form is drawn without it, and sooner.
  if (predictedState(settings.read(), own) === null) startBackend();
  // Until the page asks for something, Chromium's own processes need both cores of a small computer, and the page its files from here.
  await Promise.race([first, window.open()]);
  const { composeConsole } = await import('./compose-console.ts');
  behind = composeConsole({
    log,
    settings,
    backend,
    setupCode,
    window,
    appearance,
    calls,
    version,
    developing,
    now,
    setTimer,
  });
  startBackend();
}
