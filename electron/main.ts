import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, clipboard, powerMonitor, session as webSession, shell } from 'electron';
import type { ConsoleState } from '../shared/bridge/state.ts';
import { setUpAppearance } from './appearance/set-up-appearance.ts';
import { createBackendProcess } from './backend-process/backend-process.ts';
import { forkBackend } from './backend-process/fork-backend.ts';
import type { Emit } from './bridge/emitter.ts';
import type { Handlers } from './bridge/handlers.ts';
import { passThroughGroups } from './bridge/pass-through-groups.ts';
import { setUpBridge } from './bridge/set-up-bridge.ts';
import { createConnection } from './connection/connection.ts';
import { pageOrigin } from './content/page-address.ts';
import { declarePageScheme, setUpContent } from './content/set-up-content.ts';
import { createCopyDiagnostics } from './diagnostics/copy-diagnostics.ts';
import { createFileDialogs } from './files/file-dialogs.ts';
import { createGuardedClipboard } from './handover/guarded-clipboard.ts';
import { createHandover } from './handover/handover.ts';
import { createVault } from './handover/vault.ts';
import { createDownloads } from './downloads/downloads.ts';
import { createImports } from './imports/imports.ts';
import { createKeychain } from './keychain/keychain.ts';
import { loadKeytar } from './keychain/load-keytar.ts';
import { createOpenExternal } from './links/open-external.ts';
import { createNews } from './live/news.ts';
import { openFileLog } from './log/file-log.ts';
import { setUpMenu } from './menu/set-up-menu.ts';
import { createOutboxHandlers } from './outbox/outbox-handlers.ts';
import { setUpPermissions } from './permissions/set-up-permissions.ts';
import { loadHttp } from './reset-api/load-http.ts';
import { createResetApi } from './reset-api/reset-api.ts';
import { systemTrust } from './reset-api/system-trust.ts';
import { createPractice } from './drill/practice.ts';
import { createServer } from './server/server.ts';
import { createBrowserSignIn } from './session/browser-sign-in.ts';
import { createOwnAccountHandlers } from './session/own-account-handlers.ts';
import { createSession } from './session/session.ts';
import { createSignInHandlers } from './session/sign-in-handlers.ts';
import { createSignInSteps } from './session/sign-in-steps.ts';
import { openSettingsFile } from './settings-file/settings-file.ts';
import { createConsoleHandlers } from './start/console-handlers.ts';
import { setUpLastResort } from './start/set-up-last-resort.ts';
import { setUpLeaving } from './start/set-up-leaving.ts';
import { settleUserData } from './start/user-data.ts';
import { setUpNavigationGuards } from './window/set-up-navigation-guards.ts';
import { setUpWindow } from './window/set-up-window.ts';

/** `out`, whether unpacked or inside the package's archive. */
const built = join(import.meta.dirname, '..');
/** Milliseconds for a keychain that may ask its owner for a password in a window of its own. */
const keychainPatience = 20_000;

// SECURITY: every process of the page is sandboxed, also one that somebody forgets to ask it for.
// As root, in a container, Chromium's sandbox cannot start, and Electron refuses to promise it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declarePageScheme();
const userData = settleUserData();

if (app.requestSingleInstanceLock()) {
  // Not awaited: Electron is ready only after this module has been evaluated.
  startConsole().catch((thrown: unknown) => {
    process.stderr.write(
      `${thrown instanceof Error ? thrown.message : 'The console could not be started.'}\n`,
    );
    app.exit(1);
  });
} else app.quit();

async function startConsole(): Promise<void> {
  const developing = !app.isPackaged;
  const version = app.getVersion();
  const now = Date.now;
  const later = (milliseconds: number, work: () => void) => {
    const timer = setTimeout(work, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  };
  const log = openFileLog({ folder: userData, alsoToConsole: developing });
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

  // The page is not there yet when the first of them happens.
  let emit: Emit = () => undefined;
  let raise: () => void = () => undefined;
  let leavePractice: () => void = () => undefined;
  const setupCode = randomBytes(18).toString('base64url');
  const backend = createBackendProcess({
    fork: () => forkBackend(join(built, 'backend', 'main.js'), log),
    dataFolder: join(userData, 'backend'),
    version,
    setupCode,
    port: {
      read: () => settings.read().thisComputer.port,
      keep: (port) => {
        settings.change((before) => ({ ...before, thisComputer: { ...before.thisComputer, port } }));
      },
    },
    onState: (state) => {
      emit('backendProcess', state);
      if (state.state === 'ready') void connection.check();
    },
    log,
    now,
    later,
  });
  const client = `Reset Desk ${version} (${process.platform})`;
  const api = createResetApi({
    loadHttp: () => loadHttp(systemTrust),
    userAgent: client,
    log,
    onNoAnswer: () => void connection.check(),
  });
  const keychain = createKeychain({
    load: loadKeytar,
    service: 'Reset Desk',
    newProbe: randomUUID,
    log,
    patience: keychainPatience,
  });
  const vault = createVault(now);
  const copied = createGuardedClipboard({
    clipboard,
    onChange: (state) => {
      emit('clipboard', state);
    },
    now,
    later,
  });
  const session = createSession({
    api,
    keychain,
    keepLocked: (is) => {
      settings.change((before) => (before.locked === is ? before : { ...before, locked: is }));
    },
    onChange: (change) => {
      if (change !== 'unlocked') {
        emit('concealSecrets', { why: change === 'locked' ? 'lock' : change });
        void copied.clear();
      }
      if (change === 'expired' || change === 'signed-out') {
        vault.clear();
        leavePractice();
      }
      if (change === 'unlocked') live.start();
      else live.stop();
      emit('session', { change });
      // After the page has heard of the unlocking, which it answers by what waits.
      if (change === 'locked') locked.start();
      else locked.stop();
    },
    log,
    now,
    later,
  });
  const steps = createSignInSteps({ api, session, client });
  const browser = createBrowserSignIn({
    api,
    openExternal: (url) => shell.openExternal(url),
    client,
    later,
  });
  const { live, locked } = createNews({
    session,
    emit: (...told) => {
      emit(...told);
    },
    raise: () => {
      raise();
    },
    log,
    later,
  });
  const server = createServer({
    settings,
    api,
    backend,
    session,
    keychain,
    connection: () => connection.state(),
    platform: process.platform as ConsoleState['platform'],
    version,
  });
  const connection = createConnection({
    api,
    base: async () => (settings.read().current === null ? null : server.base()),
    onChange: (state) => {
      emit('connection', state);
    },
    now,
    every: (milliseconds, work) => {
      setInterval(work, milliseconds).unref();
    },
  });

  const copyDiagnostics = createCopyDiagnostics({ version, settings, server, connection, keychain });
  const openExternal = createOpenExternal(server);

  await app.whenReady();
  // Before anything is painted, since most consoles need it at once; not before Electron is ready, which can crash it.
  // A failure is told by the state that the page asks for.
  if (settings.read().current?.kind === 'this-computer') backend.base().catch(() => undefined);
  // In memory alone: nothing that the page was shown is left on the disk.
  const pageSession = webSession.fromPartition('page');
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
  raise = window.raise;
  const bridge = setUpBridge({ window: window.current, origin: pageOrigin, log });
  emit = bridge.emit;
  const appearance = setUpAppearance({ settings, window: window.current, emit });

  const chooseScheme = (scheme: ConsoleState['scheme']) => {
    appearance.choose(scheme);
    menu();
  };
  const menu = () => {
    setUpMenu(settings.read().scheme, developing, {
      navigate: (to) => {
        emit('navigate', { to });
      },
      lock: session.lock,
      choose: chooseScheme,
      openDocumentation: () => void openExternal('documentation'),
      copyDiagnostics: () => void copyDiagnostics(),
    });
  };
  menu();

  const { chooseFile, chooseTarget } = createFileDialogs(window.current);
  const practice = createPractice({ session, vault: createVault(now), clipboard: copied, now });
  leavePractice = practice.forget;
  const handlers: Handlers = {
    ...createConsoleHandlers({
      server,
      settings,
      onState: (state) => {
        if (state.stage === 'ready') live.start();
        if (state.stage === 'locked') locked.start();
        void connection.check();
      },
      openExternal,
      copyDiagnostics,
      chooseScheme,
    }),
    session: createSignInHandlers({
      session,
      steps,
      browser,
      server,
      settings,
      setupCode,
      onEntered: live.start,
    }),
    self: createOwnAccountHandlers({ call: session.call, clipboard: copied, chooseTarget }),
    imports: createImports({ session, chooseFile, chooseTarget, log }),
    ...passThroughGroups(session.call),
    ...createHandover({ session, vault, clipboard: copied, now }),
    ...practice.handlers,
    downloads: createDownloads({ session, chooseTarget }),
    outbox: createOutboxHandlers(session.call, () => settings.read().current?.kind === 'this-computer'),
  };
  bridge.answerCalls(handlers);
  for (const event of ['lock-screen', 'suspend'] as const) powerMonitor.on(event as 'suspend', session.lock);
  window.open();

  setUpLeaving({
    raise: window.raise,
    stop: () => {
      vault.clear();
      live.stop();
      locked.stop();
    },
    finish: () => [copied.clear(), backend.stop(), settings.settle()],
    close: () => {
      api.close();
    },
  });
}
