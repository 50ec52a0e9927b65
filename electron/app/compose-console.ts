import { randomUUID } from 'node:crypto';
import { clipboard, powerMonitor, shell } from 'electron';
import type { BackendProcessState, ConsoleState } from '../../shared/bridge/state.ts';
import type { setUpAppearance } from '../shell/appearance/set-up-appearance.ts';
import type { BackendProcess } from '../services/backend-process/backend-process.ts';
import type { Emit } from '../bridge/emitter.ts';
import type { Handlers } from '../bridge/handlers.ts';
import { passThroughGroups } from '../bridge/pass-through-groups.ts';
import type { HandlerPort } from '../bridge/register.ts';
import { setUpBridge } from '../bridge/set-up-bridge.ts';
import { createConnection } from '../services/connection/connection.ts';
import { pageOrigin } from '../shell/content/page-address.ts';
import { createCopyDiagnostics } from '../features/diagnostics/copy-diagnostics.ts';
import { createFileDialogs } from '../shell/files/file-dialogs.ts';
import { createGuardedClipboard } from '../features/handover/guarded-clipboard.ts';
import { createHandover } from '../features/handover/handover.ts';
import { createVault } from '../features/handover/vault.ts';
import { createDownloads } from '../features/downloads/downloads.ts';
import { createImports } from '../features/imports/imports.ts';
import { createKeychain } from '../services/keychain/keychain.ts';
import { loadKeytar } from '../services/keychain/load-keytar.ts';
import { createOpenExternal } from '../features/links/open-external.ts';
import { createLiveEvents } from '../features/live/live-events.ts';
import type { Log } from '../log/log.ts';
import { setUpMenu } from '../shell/menu/set-up-menu.ts';
import { createOutboxHandlers } from '../features/outbox/outbox-handlers.ts';
import { loadHttp } from '../services/reset-api/load-http.ts';
import { createResetApi } from '../services/reset-api/reset-api.ts';
import { systemTrust } from '../services/reset-api/system-trust.ts';
import { createPractice } from '../features/drill/practice.ts';
import { createServerSelection } from '../features/server/server-selection.ts';
import { createBrowserSignIn } from '../features/session/browser-sign-in.ts';
import { createOwnAccountHandlers } from '../features/own-account/own-account-handlers.ts';
import { createSession } from '../features/session/create-session.ts';
import { createSignInHandlers } from '../features/sign-in/sign-in-handlers.ts';
import { createSignInSteps } from '../features/session/sign-in-steps.ts';
import type { SettingsFile } from '../services/settings-file/settings-file.ts';
import { createConsoleHandlers } from '../features/console/console-handlers.ts';
import { setUpQuit } from './set-up-quit.ts';
import type { ConsoleWindow } from '../shell/window/set-up-window.ts';

interface Collaborators {
  readonly log: Log;
  readonly settings: SettingsFile;
  readonly backend: BackendProcess;
  readonly setupCode: string;
  readonly window: ConsoleWindow;
  readonly appearance: ReturnType<typeof setUpAppearance>;
  /** Where the page's calls arrive. */
  readonly calls: HandlerPort;
  readonly version: string;
  readonly developing: boolean;
  readonly now: () => number;
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

export interface Console {
  readonly emit: Emit;
  readonly onBackendState: (state: BackendProcessState) => void;
}

/** Milliseconds for a keychain that may ask its owner for a password in a window of its own. */
const keychainTimeoutMs = 20_000;

/** All that works behind the window: built while the page is being read, and told to it by the bridge. */
export function composeConsole({
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
}: Collaborators): Console {
  const { emit, answerCalls } = setUpBridge({ calls, window: window.current, origin: pageOrigin, log });
  let leavePractice: () => void = () => undefined;
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
    timeoutMs: keychainTimeoutMs,
  });
  const vault = createVault(now);
  const copied = createGuardedClipboard({
    clipboard,
    onChange: (state) => {
      emit('clipboard', state);
    },
    now,
    setTimer,
  });
  const session = createSession({
    api,
    keychain,
    persistRemembered: (tokenKept) => {
      settings.update((before) => (before.tokenKept === tokenKept ? before : { ...before, tokenKept }));
    },
    persistLocked: (is) => {
      settings.update((before) => (before.locked === is ? before : { ...before, locked: is }));
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
    setTimer,
  });
  const steps = createSignInSteps({ api, session, client });
  const browser = createBrowserSignIn({
    api,
    openExternal: (url) => shell.openExternal(url),
    client,
    setTimer,
  });
  const { live, locked } = createLiveEvents({
    session,
    emit,
    raise: window.raise,
    log,
    setTimer,
  });
  const server = createServerSelection({
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
    baseUrl: async () => (settings.read().current === null ? null : server.baseUrl()),
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
      chooseScheme: chooseScheme,
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
  answerCalls(handlers);
  // The page's first call asks for it.
  void keychain.state();
  for (const event of ['lock-screen', 'suspend'] as const) powerMonitor.on(event as 'suspend', session.lock);
  setUpQuit({
    raise: window.raise,
    stop: () => {
      vault.clear();
      live.stop();
      locked.stop();
    },
    finish: () => [copied.clear(), backend.stop(), settings.flush()],
    close: () => {
      api.close();
    },
  });

  return {
    emit,
    onBackendState: (state) => {
      emit('backendProcess', state);
      if (state.state === 'ready') void connection.check();
    },
  };
}
