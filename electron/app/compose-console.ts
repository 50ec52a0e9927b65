import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { app, powerMonitor, shell } from 'electron';
import type { BackendProcessState, ConsoleState } from '../../shared/bridge/state.ts';
import type { ManagedState } from '../../shared/managed/managed-settings.ts';
import type { Emit } from '../bridge/emitter.ts';
import type { HandlerPort } from '../bridge/register.ts';
import { setUpBridge } from '../bridge/set-up-bridge.ts';
import { createConsoleHandlers } from '../features/console/console-handlers.ts';
import { createDeepLinks } from '../features/deep-links/deep-links.ts';
import { guardDialogs } from '../features/dialogs/guarded-dialogs.ts';
import { createCopyDiagnostics, createFacts } from '../features/diagnostics/copy-diagnostics.ts';
import { createDownloads } from '../features/downloads/downloads.ts';
import { createDrafts } from '../features/drafts/drafts.ts';
import { createHandover } from '../features/handover/handover.ts';
import { createImports } from '../features/imports/imports.ts';
import { createOpenExternal } from '../features/links/external-links.ts';
import type { Notices } from '../features/notices/notices.ts';
import { createOutboxHandlers } from '../features/outbox/outbox-handlers.ts';
import { createOwnAccountHandlers } from '../features/own-account/own-account-handlers.ts';
import {
  collectReport,
  hiddenOfComputer,
  hiddenOfServers,
} from '../features/problem-report/collect-report.ts';
import { createProblemReport } from '../features/problem-report/problem-report.ts';
import { createServerSelection } from '../features/server/server-selection.ts';
import { createBrowserSignIn } from '../features/session/browser-sign-in.ts';
import { createSignInSteps } from '../features/session/sign-in-steps.ts';
import { createSignInHandlers } from '../features/sign-in/sign-in-handlers.ts';
import { createStartup } from '../features/startup/startup.ts';
import type { Log } from '../log/log.ts';
import { setAutostart } from '../services/autostart/autostart.ts';
import type { BackendProcess } from '../services/backend-process/backend-process.ts';
import { createConnection } from '../services/connection/connection.ts';
import { createKeychain } from '../services/keychain/keychain.ts';
import { loadKeytar } from '../services/keychain/load-keytar.ts';
import { loadHttp } from '../services/reset-api/load-http.ts';
import { createResetApi } from '../services/reset-api/reset-api.ts';
import type { FindProxy } from '../services/reset-api/system-proxy.ts';
import { systemTrust } from '../services/reset-api/system-trust.ts';
import type { SettingsFile } from '../services/settings-file/settings-file.ts';
import { every, type SetTimer } from '../services/timers/timers.ts';
import type { setUpAppearance } from '../shell/appearance/set-up-appearance.ts';
import { pageOrigin } from '../shell/content/page-address.ts';
import { createFileDialogs } from '../shell/files/file-dialogs.ts';
import { setUpMenu } from '../shell/menu/set-up-menu.ts';
import { createTray } from '../shell/tray/tray.ts';
import type { ConsoleWindow } from '../shell/window/set-up-window.ts';
import { composeSession } from './compose-session.ts';
import { composeUpdates } from './compose-updates.ts';
import { setUpQuit } from './set-up-quit.ts';

interface Collaborators {
  readonly log: Log;
  readonly settings: SettingsFile;
  readonly managed: ManagedState;
  readonly notices: Notices;
  readonly backend: BackendProcess;
  readonly setupCode: string;
  readonly window: ConsoleWindow;
  readonly appearance: ReturnType<typeof setUpAppearance>;
  /** Receives the page's calls. */
  readonly calls: HandlerPort;
  readonly version: string;
  readonly isDevelopment: boolean;
  readonly now: () => number;
  readonly setTimer: SetTimer;
  /** The system's proxy for an address. */
  readonly findProxy: FindProxy;
}

export interface Console {
  readonly emit: Emit;
  readonly onBackendState: (state: BackendProcessState) => void;
  /** Another program opened a link, or the console was started with one. */
  readonly openLink: (text: string) => void;
}

/** Milliseconds. A locked keychain may ask the user for a password in a window of its own. */
const keychainTimeoutMs = 20_000;

/** Wires everything that works behind the window, and answers the page's calls from then on. */
export function composeConsole(collaborators: Collaborators): Console {
  const { log, settings, managed, backend, window, calls, version, now, setTimer, findProxy } = collaborators;
  const { emit, answerCalls } = setUpBridge({ calls, window: window.current, origin: pageOrigin, log });
  const { api, keychain } = composeAccess(collaborators, () => void connection.check());
  const sessionParts = composeSession({
    api,
    keychain,
    settings,
    emit,
    raise: window.raise,
    managed,
    onNotKept: () => {
      collaborators.notices.add('keychain-lost');
    },
    onSignedOut: () => {
      links.forget();
      drafts.forget();
    },
    log,
    now,
    setTimer,
  });
  const drafts = createDrafts({
    path: join(app.getPath('userData'), 'drafts'),
    keychain,
    session: sessionParts.session,
    log,
    now,
  });
  const server = createServerSelection({
    settings,
    api,
    backend,
    session: sessionParts.session,
    keychain,
    connection: () => connection.state(),
    platform: process.platform as ConsoleState['platform'],
    version,
    managed,
  });
  const connection = createConnection({
    api,
    baseUrl: async () => (settings.read().current === null ? null : server.baseUrl()),
    onChange: (state) => {
      emit('connection', state);
    },
    now,
    every,
  });
  const links = createDeepLinks({
    isAllowed: managed.values.DeepLinks ?? true,
    session: sessionParts.session,
    emit,
    raise: window.raise,
    log,
    now,
    setTimer,
  });
  const updates = composeUpdates({
    settings,
    managed,
    notices: collaborators.notices,
    emit,
    version,
    serverFeed: () => server.about()?.updateFeed ?? null,
    isBusy: () => !sessionParts.vault.isEmpty(),
    findProxy,
    log,
    setTimer,
  });
  const openExternal = createOpenExternal(server);
  const { copyDiagnostics, report } = composeDiagnostics(collaborators, { server, connection, keychain });
  const chooseScheme = composeMenu(collaborators, {
    emit,
    lock: sessionParts.session.lock,
    openDocumentation: () => void openExternal('documentation'),
    copyDiagnostics: () => void copyDiagnostics(),
  });
  answerCalls({
    handlers: {
      ...composeHandlers(collaborators, { api, server, ...sessionParts }),
      drafts: drafts.handlers,
      ...createConsoleHandlers({
        server,
        settings,
        managed,
        notices: collaborators.notices,
        onState: (state) => {
          if (state.stage === 'ready') sessionParts.live.start();
          if (state.stage === 'locked') sessionParts.locked.start();
          void connection.check();
        },
        openExternal,
        copyDiagnostics,
        report,
        chooseStartup: composeStartup(collaborators, sessionParts.session.lock),
        updates,
        links,
        chooseScheme,
      }),
    },
    request: sessionParts.session.call,
    requestInDrill: sessionParts.practice.call,
  });
  collaborators.notices.onAdded((notice) => {
    emit('notice', notice);
  });
  // Ahead of the page's first call, which needs it.
  void keychain.state();
  composeLeaving(collaborators, sessionParts, api.close);
  return {
    emit,
    openLink: links.receive,
    onBackendState: (state) => {
      emit('backendProcess', state);
      if (state.state === 'ready') void connection.check();
    },
  };
}

/** Locks when the computer does, and forgets what is secret before the console ends. */
function composeLeaving(
  { window, backend, settings }: Collaborators,
  sessionParts: ReturnType<typeof composeSession>,
  close: () => void,
) {
  const { session, vault, clipboard, live, locked } = sessionParts;
  for (const event of ['lock-screen', 'suspend'] as const) powerMonitor.on(event as 'suspend', session.lock);
  setUpQuit({
    raise: window.raise,
    stop: () => {
      vault.clear();
      live.stop();
      locked.stop();
    },
    finish: () => [clipboard.clear(), backend.stop(), settings.flush()],
    close,
  });
}

/** The way to the server, and the keychain. `onNoAnswer` is called when the server did not answer. */
function composeAccess(
  { log, settings, version, setTimer, findProxy }: Collaborators,
  onNoAnswer: () => void,
) {
  const api = createResetApi({
    loadHttp: () => loadHttp(systemTrust, findProxy),
    userAgent: clientName(version),
    log,
    setTimer,
    // Another id for each server, so that servers cannot tell that it is the same console.
    deviceId: (origin) =>
      createHash('sha256').update(`${settings.read().installation} ${origin}`).digest('hex'),
    onNoAnswer,
  });
  const keychain = createKeychain({
    load: loadKeytar,
    service: 'Reset Desk',
    newProbe: randomUUID,
    log,
    timeoutMs: keychainTimeoutMs,
  });
  return { api, keychain };
}

/** The facts that are copied, and the report that its sender reads before saving it. */
function composeDiagnostics(
  { version, managed, settings, window, now }: Collaborators,
  parts: Pick<Parameters<typeof createFacts>[0], 'server' | 'connection' | 'keychain'>,
) {
  const readFacts = createFacts({ version, managed, settings, ...parts });
  const copyDiagnostics = createCopyDiagnostics(readFacts);
  const report = createProblemReport({
    collect: async () =>
      collectReport(await readFacts(), app.getPath('userData'), [
        ...hiddenOfComputer(),
        ...hiddenOfServers(settings.read()),
      ]),
    // Also at the entrance, where an operator cannot get in: what is saved was shown there.
    chooseTarget: createFileDialogs(window.current).chooseTarget,
    now,
  });
  return { copyDiagnostics, report };
}

/** Applies the start with the system and the tray. Answers the function that changes them. */
function composeStartup({ settings, managed, window, log }: Collaborators, lock: () => void) {
  const tray = createTray({
    open: window.raise,
    lock,
    quit: () => {
      app.quit();
    },
  });
  const startup = createStartup({
    settings,
    managed,
    setAutostart: (isOn) => {
      setAutostart(isOn, log);
    },
    setTray: tray.setShown,
  });
  startup.apply();
  return startup.choose;
}

/** How this console names itself to the server, in requests and in lists of sessions. */
const clientName = (version: string) => `Reset Desk ${version} (${process.platform})`;

/** Sets up the menu and keeps it up to date. Answers the function that changes the colour scheme. */
function composeMenu(
  { settings, managed, appearance, isDevelopment }: Collaborators,
  actions: {
    readonly emit: Emit;
    readonly lock: () => void;
    readonly openDocumentation: () => void;
    readonly copyDiagnostics: () => void;
  },
): (scheme: ConsoleState['scheme']) => void {
  const { emit, ...menuActions } = actions;
  const chooseScheme = (scheme: ConsoleState['scheme']) => {
    appearance.choose(scheme);
    update();
  };
  const update = () => {
    const schemeIsManaged = managed.values.ColorScheme !== undefined;
    setUpMenu(
      { scheme: settings.read().scheme, schemeIsManaged, isDevelopment },
      {
        ...menuActions,
        navigate: (to) => {
          emit('navigate', { to });
        },
        chooseScheme,
      },
    );
  };
  update();
  return chooseScheme;
}

/** The handlers of the page's calls, except those about the console itself. */
function composeHandlers(
  { log, settings, managed, setupCode, window, version, now, setTimer }: Collaborators,
  parts: ReturnType<typeof composeSession> & {
    readonly api: ReturnType<typeof createResetApi>;
    readonly server: ReturnType<typeof createServerSelection>;
  },
) {
  const { api, server, session, vault, clipboard, live, practice } = parts;
  const { chooseFile, chooseTarget } = guardDialogs(createFileDialogs(window.current), session);
  const client = clientName(version);
  return {
    session: createSignInHandlers({
      session,
      steps: createSignInSteps({ api, session, client }),
      browser: createBrowserSignIn({
        api,
        openExternal: (url) => shell.openExternal(url),
        client,
        setTimer,
      }),
      server,
      settings,
      managed,
      setupCode,
      onSignedIn: live.start,
    }),
    self: createOwnAccountHandlers({ clipboard, chooseTarget }),
    imports: createImports({ session, chooseFile, chooseTarget, log }),
    ...createHandover({ session, vault, clipboard, now }),
    ...practice.handlers,
    downloads: createDownloads({ session, chooseTarget }),
    outbox: createOutboxHandlers(session.call, () => settings.read().current?.kind === 'this-computer'),
  };
}
