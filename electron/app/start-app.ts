import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app, session as webSession } from 'electron';
import { appId } from '../../shared/managed/managed-places.ts';
import type { BackendProcessState, ConsoleState } from '../../shared/bridge/state.ts';
import { receivePageCalls } from '../bridge/page-calls.ts';
import { linkIn } from '../features/deep-links/parse-deep-link.ts';
import { registerScheme } from '../features/deep-links/register-scheme.ts';
import { createNotices, type Notices } from '../features/notices/notices.ts';
import { predictedState } from '../features/server/initial-state.ts';
import { startupOf } from '../features/startup/startup.ts';
import { openFileLog } from '../log/file-log.ts';
import type { Log } from '../log/log.ts';
import { createLimitedLog } from '../log/limited-log.ts';
import { backgroundSwitch } from '../services/autostart/autostart-entry.ts';
import { createBackendProcess } from '../services/backend-process/backend-process.ts';
import { forkBackend } from '../services/backend-process/fork-backend.ts';
import { withManagedSettings } from '../services/managed-settings/managed-settings-file.ts';
import { readManagedSettings } from '../services/managed-settings/read-managed-settings.ts';
import { openSettingsFile, type SettingsFile } from '../services/settings-file/settings-file.ts';
import { setTimer } from '../services/timers/timers.ts';
import { setUpAppearance } from '../shell/appearance/set-up-appearance.ts';
import { declarePageScheme, setUpContent } from '../shell/content/set-up-content.ts';
import { setUpPermissions } from '../shell/permissions/set-up-permissions.ts';
import { setUpNavigationGuards } from '../shell/window/set-up-navigation-guards.ts';
import { setUpWindow } from '../shell/window/set-up-window.ts';
import type { Console } from './compose-console.ts';
import { endWithWords } from './end-with-words.ts';
import { setUpCrashHandler } from './set-up-crash-handler.ts';
import { setUpGraphics } from './set-up-graphics.ts';
import { setUpUserData } from './user-data.ts';
import { folderFault } from './writable-folder.ts';

/** Milliseconds after the paint in which the page makes its first call, unless it has failed. */
const callsWithinMs = 1000;

/** The folder of built files: `out`, unpacked or inside the package's archive. */
const outFolder = join(import.meta.dirname, '..');

// SECURITY: docs/security.md, 1. Sandboxes every renderer, including one that is created without asking for it.
// Chromium's sandbox cannot start as root in a container, and Electron then refuses to enable it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// SECURITY: docs/security.md, 17. Chromium connects to nothing: the page has no network, and main uses Node's. So not even the lookup of a name, which
// `dns-prefetch` makes past the content security policy, leaves this computer.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
declarePageScheme();
// Windows shows notifications only of programs that it knows by this ID; the installers register it.
if (process.platform === 'win32') app.setAppUserModelId(appId);
const userData = setUpUserData();

const fault = folderFault(userData);

// The lock is a file of the folder, too. On a full drive it may still work, and with it a console that uses a server.
const isLockable = fault === null || fault.code === 'ENOSPC';
// Not awaited: Electron becomes ready only after this module has been evaluated.
if (isLockable && app.requestSingleInstanceLock()) void startApp().catch(endAfterFailure);
else if (fault === null) app.quit();
else
  void endWithWords(
    'Reset Desk cannot start because it cannot write to its folder.',
    `${userData} (${fault.code}): ${fault.advice}`,
  );

function endAfterFailure(thrown: unknown): Promise<void> {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return endWithWords('Reset Desk could not be started.', reason);
}

/** The system's code of an error, such as `EROFS`. */
const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';

/** Opens the settings of this computer, and tells the operator what is wrong with their file. */
function openSettings(log: Log, notices: Notices): SettingsFile {
  return openSettingsFile({
    path: join(userData, 'settings.json'),
    onFault: (found) => {
      if (found.kind === 'unreadable') log.unexpected('settings file could not be read', found.thrown);
      else log.warn('settings file cannot be used and was renamed', { kind: found.kind });
      notices.add(
        `settings-${found.kind}`,
        found.kind === 'unreadable' ? codeOf(found.thrown) : found.keptAs,
      );
    },
    onUnwritable: (thrown) => {
      log.unexpected('settings file could not be written', thrown);
      notices.add('settings-unwritable', codeOf(thrown));
    },
  });
}

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
  const notices = createNotices();
  const managed = readManagedSettings(isDevelopment ? (process.env['RESET_DESK_POLICY_FILE'] ?? null) : null);
  for (const { kind, setting, place } of managed.problems)
    log.warn('managed setting ignored', { kind, setting, place });
  const settings = withManagedSettings(openSettings(log, notices), managed);
  setUpGraphics({ settings, notices, version, log, now });
  setUpNavigationGuards(log);

  let console: Console | null = null;
  const firstLinks: string[] = [];
  const openLink = (text: string | null) => {
    if (text === null) return;
    if (console === null) firstLinks.push(text);
    else console.openLink(text);
  };
  openLink(linkIn(process.argv.slice(1)));
  // Until the console is composed, which then raises the window itself.
  let isStartedAgain = false;
  app.on('second-instance', (_event, args) => {
    isStartedAgain = true;
    openLink(linkIn(args.slice(1)));
  });
  // macOS passes links by this event, the first one before it is ready.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    openLink(url);
  });
  registerScheme(managed.values.DeepLinks ?? true);
  const missedStates: BackendProcessState[] = [];
  const setupCode = randomBytes(18).toString('base64url');
  const backend = createBackendProcess({
    fork: () => forkBackend(join(outFolder, 'main', 'embedded-backend.js'), log),
    dataFolder: join(userData, 'backend'),
    version,
    setupCode,
    port: {
      read: () => settings.read().thisComputer.port,
      write: (port) => {
        settings.update((before) => ({ ...before, thisComputer: { ...before.thisComputer, port } }));
      },
    },
    onState: (state) => {
      if (console === null) missedStates.push(state);
      else console.onBackendState(state);
    },
    log,
    now,
    setTimer,
  });
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  // Every session, the default one included, which would fetch dictionaries for spell checking as soon as it exists.
  app.on('session-created', setUpPermissions);
  await app.whenReady();
  // A partition without `persist:` stays in memory: nothing that the page was shown is written to disk.
  const pageSession = webSession.fromPartition('page');
  const platform = process.platform as ConsoleState['platform'];
  // A page that is reloaded asks the console instead.
  const initialState = () =>
    console === null ? predictedState(settings.read(), { platform, version, managed }) : null;
  let hasStartedBackend = false;
  // Never before Electron is ready, which can crash it. A failure is no error here: the page learns of it from the state that it asks for.
  const startBackend = () => {
    if (hasStartedBackend) return;
    hasStartedBackend = true;
    if (settings.read().current?.kind === 'this-computer') backend.baseUrl().catch(() => undefined);
  };
  // The process of the backend starts beside the page's. Earlier it would delay the window; once the page is painted, the operator would wait for it.
  setUpContent(pageSession, join(outFolder, 'renderer'), initialState, startBackend);
  const window = setUpWindow({
    session: pageSession,
    preload: join(outFolder, 'preload', 'preload.cjs'),
    settings,
    log,
    isDevelopment,
    opensInactive: process.env['RESET_DESK_HEADLESS'] === '1',
    opensInBackground: process.argv.includes(backgroundSwitch),
    hidesOnClose: () => !isQuitting && startupOf(settings.read(), managed).tray,
    onConceal: (why) => console?.emit('concealSecrets', { why }),
    onPageFailed: () => {
      notices.add('page-failed');
    },
    quit: () => {
      app.quit();
    },
    now,
  });
  const appearance = setUpAppearance({
    settings,
    window: window.current,
    onChange: (dark) => console?.emit('appearance', { dark }),
  });
  const { calls, first } = receivePageCalls();
  // Without a predicted state the page has nothing to draw before the backend answers. With one, the page comes first.
  if (initialState() === null) startBackend();
  const painted = window.open();
  // The page calls once its screen is on the display, some frames later. This process would otherwise delay them.
  const settled = painted.then(
    () =>
      new Promise<void>((resolve) => {
        setTimer(callsWithinMs, resolve);
      }),
  );
  await Promise.race([first, settled]);
  startBackend();
  const { composeConsole } = await import('./compose-console.ts');
  console = composeConsole({
    log,
    settings,
    managed,
    notices,
    backend,
    setupCode,
    window,
    appearance,
    calls,
    version,
    isDevelopment,
    now,
    setTimer,
    findProxy: (url) => pageSession.resolveProxy(url),
  });
  for (const state of missedStates) console.onBackendState(state);
  for (const link of firstLinks) console.openLink(link);
  // The system had started it in the background, and the operator then started it as well.
  if (isStartedAgain) window.raise();
}
