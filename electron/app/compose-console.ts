import { join } from 'node:path';
import { app, powerMonitor } from 'electron';
import type { BackendProcessState, ConsoleState } from '../../shared/bridge/state.ts';
import type { Emit } from '../bridge/emitter.ts';
import { setUpBridge } from '../bridge/set-up-bridge.ts';
import { createConsoleHandlers } from '../features/console/console-handlers.ts';
import { createDeepLinks } from '../features/deep-links/deep-links.ts';
import { createCopyDiagnostics, createFacts } from '../features/diagnostics/copy-diagnostics.ts';
import { createDrafts } from '../features/drafts/drafts.ts';
import { readLicences } from '../features/licences/read-licences.ts';
import { createOpenLoginPage } from '../features/links/external-links.ts';
import {
  collectReport,
  hiddenOfComputer,
  hiddenOfServers,
} from '../features/problem-report/collect-report.ts';
import { createProblemReport } from '../features/problem-report/problem-report.ts';
import { hasOpenWork } from '../features/updates/open-work.ts';
import { createServerSelection } from '../features/server/server-selection.ts';
import { createStartup } from '../features/startup/startup.ts';
import { setAutostart } from '../services/autostart/autostart.ts';
import { createConnection } from '../services/connection/connection.ts';
import type { Keychain } from '../services/keychain/keychain.ts';
import { every } from '../services/timers/timers.ts';
import { pageOrigin } from '../shell/content/page-address.ts';
import { guardAtEntrance } from '../features/dialogs/guarded-dialogs.ts';
import type { Session } from '../features/session/session.ts';
import { createFileDialogs } from '../shell/files/file-dialogs.ts';
import { createBadge } from '../shell/badge/badge.ts';
import { createTray } from '../shell/tray/tray.ts';
import type { Collaborators } from './collaborators.ts';
import { composeAccess } from './compose-access.ts';
import { composeHandlers } from './compose-handlers.ts';
import { composeMenu } from './compose-menu.ts';
import { composeSession } from './compose-session.ts';
import { composeUpdates } from './compose-updates.ts';
import { setUpQuit } from './set-up-quit.ts';

/**
 * Milliseconds from the server's answer until its connection is checked. The check loads the client of the Reset API, for which the page's answer must
 * not wait.
 */
const checkAfterMs = 50;

/** Milliseconds for which a console that quits waits for the keyring, which may be storing the session's token. */
const keyringMs = 3000;

export interface Console {
  readonly emit: Emit;
  readonly onBackendState: (state: BackendProcessState) => void;
  /** Another program opened a link, or the console was started with one. */
  readonly openLink: (text: string) => void;
}

/** Wires everything that works behind the window, and answers the page's calls from then on. */
export function composeConsole(collaborators: Collaborators): Console {
  const { log, settings, managed, window, calls, version, now, setTimer, findProxy } = collaborators;
  const { emit, answerCalls } = setUpBridge({ calls, window: window.current, origin: pageOrigin, log });
  const { api, keychain } = composeAccess(collaborators, () => void connection.check());
  const showBadge = createBadge(window.current);
  const sessionParts = composeSession({
    api,
    keychain,
    settings,
    emit,
    raise: window.raise,
    showBadge,
    managed,
    onCaseChanged: () => void updates.offerAgain(),
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
  const { server, connection } = composeServer(collaborators, {
    emit,
    api,
    keychain,
    session: sessionParts.session,
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
  const checkSoon = () => setTimer(checkAfterMs, () => void connection.check());
  const updates = composeUpdates({
    settings,
    managed,
    notices: collaborators.notices,
    emit,
    version,
    serverFeed: () => server.about()?.updateFeed ?? null,
    isBusy: () => hasOpenWork(sessionParts),
    findProxy,
    log,
    setTimer,
  });
  const openLoginPage = createOpenLoginPage(server);
  const { copyDiagnostics, report } = composeDiagnostics(collaborators, {
    server,
    connection,
    keychain,
    session: sessionParts.session,
  });
  const chooseScheme = composeMenu(collaborators, {
    emit,
    lock: sessionParts.session.lock,
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
          checkSoon();
        },
        openLoginPage,
        readLicences: () => readLicences(process.resourcesPath),
        copyDiagnostics,
        report,
        chooseStartup: composeStartup(collaborators, sessionParts.session.lock),
        updates,
        links,
        showBadge,
        chooseScheme,
      }),
    },
    request: sessionParts.session.call,
    requestInDrill: sessionParts.practice.call,
  });
  collaborators.notices.onAdded((notice) => {
    emit('notice', notice);
  });
  // Starts before the page's first call, which needs the result.
  void keychain.state();
  composeLeaving(collaborators, sessionParts, { keychain, close: api.close });
  return {
    emit,
    openLink: links.receive,
    onBackendState: (state) => {
      emit('backendProcess', state);
      if (state.state === 'ready') checkSoon();
    },
  };
}

/** Creates the selected server and the watch over its connection; each of them asks the other. */
function composeServer(
  { settings, backend, version, managed, now }: Collaborators,
  {
    emit,
    ...parts
  }: Pick<Parameters<typeof createServerSelection>[0], 'api' | 'keychain' | 'session'> & {
    readonly emit: Emit;
  },
) {
  const server = createServerSelection({
    ...parts,
    settings,
    backend,
    connection: () => connection.state(),
    platform: process.platform as ConsoleState['platform'],
    version,
    managed,
  });
  const connection = createConnection({
    api: parts.api,
    baseUrl: async () => (settings.read().current === null ? null : server.baseUrl()),
    onChange: (state) => {
      emit('connection', state);
    },
    now,
    every,
  });
  return { server, connection };
}

/** Locks the console when the computer locks or sleeps, and wipes secrets before the console quits. */
function composeLeaving(
  { window, backend, settings }: Collaborators,
  sessionParts: ReturnType<typeof composeSession>,
  { keychain, close }: { readonly keychain: Keychain; readonly close: () => void },
) {
  const { session, vault, clipboard, live, locked } = sessionParts;
  let isKeyringSilent = false;
  const awaitKeyring = async () => {
    isKeyringSilent = !(await keychain.settle(keyringMs));
  };
  for (const event of ['lock-screen', 'suspend'] as const) powerMonitor.on(event as 'suspend', session.lock);
  setUpQuit({
    raise: window.raise,
    stop: () => {
      vault.clear();
      live.stop();
      locked.stop();
    },
    finish: () => [clipboard.clear(), backend.stop(), settings.flush(), awaitKeyring()],
    close,
    isHeld: () => isKeyringSilent,
  });
}

/** Creates the copying of diagnostics and the problem report, which its sender reads before saving it. */
function composeDiagnostics(
  { version, managed, settings, window, now }: Collaborators,
  {
    session,
    ...parts
  }: Pick<Parameters<typeof createFacts>[0], 'server' | 'connection' | 'keychain'> & {
    readonly session: Pick<Session, 'isLocked'>;
  },
) {
  const readFacts = createFacts({ version, managed, settings, ...parts });
  const copyDiagnostics = createCopyDiagnostics(readFacts);
  const report = createProblemReport({
    collect: async () =>
      collectReport(await readFacts(), app.getPath('userData'), [
        ...hiddenOfComputer(),
        ...hiddenOfServers(settings.read()),
      ]),
    // Works before the sign-in as well, for an operator who cannot sign in. It saves only what the screen has shown.
    chooseTarget: guardAtEntrance(createFileDialogs(window.current), session).chooseTarget,
    now,
  });
  return { copyDiagnostics, report };
}

/** Applies the settings for autostart and tray icon. Returns the function that changes them. */
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
