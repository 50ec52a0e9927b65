import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, clipboard, dialog, Notification, powerMonitor, session as webSession, shell } from 'electron';
import { followLive, liveEvent } from '../shared/api/live.ts';
import { listOutbox } from '../shared/api/mail.ts';
import { contract } from '../shared/bridge/contract.ts';
import type { ConsoleState } from '../shared/bridge/state.ts';
import { setUpAppearance } from './appearance/set-up-appearance.ts';
import { createBackendProcess } from './backend-process/backend-process.ts';
import { forkBackend } from './backend-process/fork-backend.ts';
import type { Emit } from './bridge/emitter.ts';
import type { Handlers } from './bridge/handlers.ts';
import { passThrough } from './bridge/passthrough.ts';
import { setUpBridge } from './bridge/set-up-bridge.ts';
import { createConnection } from './connection/connection.ts';
import { pageOrigin } from './content/page-address.ts';
import { declarePageScheme, setUpContent } from './content/set-up-content.ts';
import { ConsoleFailure } from './failure/console-failure.ts';
import { createGuardedClipboard } from './handover/guarded-clipboard.ts';
import { createHandover } from './handover/handover.ts';
import { createVault } from './handover/vault.ts';
import { createDownloads } from './downloads/downloads.ts';
import { createImports } from './imports/imports.ts';
import { createKeychain } from './keychain/keychain.ts';
import { loadKeytar } from './keychain/load-keytar.ts';
import { createAttention } from './live/attention.ts';
import type { AttentionTexts } from './live/attention-texts.ts';
import { createLockedWatch } from './live/locked-watch.ts';
import { createLiveStream } from './live/live-stream.ts';
import { addressOfTarget } from './links/external-links.ts';
import { openFileLog } from './log/file-log.ts';
import { setUpMenu } from './menu/set-up-menu.ts';
import { setUpPermissions } from './permissions/set-up-permissions.ts';
import { loadHttp } from './reset-api/load-http.ts';
import { createResetApi } from './reset-api/reset-api.ts';
import { systemTrust } from './reset-api/system-trust.ts';
import { createPractice } from './drill/practice.ts';
import { createServer } from './server/server.ts';
import { createBrowserSignIn } from './session/browser-sign-in.ts';
import { Secret } from './secret/secret.ts';
import { createSaveRecoveryCodes } from './session/save-recovery-codes.ts';
import type { Entered } from './session/operator-session.ts';
import { createSession } from './session/session.ts';
import { createSignInSteps } from './session/sign-in-steps.ts';
import { openSettingsFile } from './settings-file/settings-file.ts';
import { setUpLastResort } from './start/set-up-last-resort.ts';
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
  // Started before anything is painted: most consoles need it at once.
  if (settings.read().current?.kind === 'this-computer') backend.base().catch(() => undefined);

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
    keepLocked: (locked) => {
      settings.change((before) => (before.locked === locked ? before : { ...before, locked }));
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
      if (change === 'locked') lockedWatch.start();
      else lockedWatch.stop();
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
  const notify = (words: AttentionTexts) => {
    log.info('notified', { title: words.title });
    if (!Notification.isSupported()) return;
    const notification = new Notification(words);
    notification.on('click', () => {
      raise();
      emit('navigate', { to: 'queue' });
    });
    notification.show();
  };
  const attention = createAttention(notify);
  const lockedWatch = createLockedWatch({
    open: session.followLocked,
    notify,
    onWaiting: (waiting) => {
      app.setBadgeCount(waiting);
      emit('waiting', { waiting });
    },
    log,
    later,
  });
  const live = createLiveStream({
    open: (signal) => session.follow(followLive, signal),
    schema: liveEvent,
    onEvent: (event) => {
      attention(event);
      if (event.type === 'session-ended') session.checkEnded(event.sessionId);
      emit('live', event);
    },
    onOpen: () => {
      emit('live', { type: 'caught-up' });
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

  const copyDiagnostics = async () => {
    const { current } = settings.read();
    const facts = {
      version,
      electron: process.versions.electron,
      platform: `${process.platform} ${process.arch}`,
      server: current?.kind ?? 'none',
      backend: server.about()?.version ?? 'unknown',
      connection: connection.state()?.state ?? 'unknown',
      keychain: await keychain.state(),
    };
    clipboard.writeText(JSON.stringify(facts, null, 2));
  };
  const openExternal = async (target: 'login-page' | 'documentation') => {
    const address = addressOfTarget(target, server.about()?.publicUrl ?? null);
    if (address !== null) await shell.openExternal(address);
  };

  await app.whenReady();
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

  const menu = () => {
    setUpMenu(settings.read().scheme, developing, {
      navigate: (to) => {
        emit('navigate', { to });
      },
      lock: session.lock,
      choose: (scheme) => {
        appearance.choose(scheme);
        menu();
      },
      openDocumentation: () => void openExternal('documentation'),
      copyDiagnostics: () => void copyDiagnostics(),
    });
  };
  menu();

  const chooseFile = async (): Promise<string | null> => {
    const parent = window.current();
    const options: Electron.OpenDialogOptions = {
      title: 'Choose a file of accounts',
      properties: ['openFile'],
      filters: [
        { name: 'CSV', extensions: ['csv', 'txt', 'tsv'] },
        { name: 'All files', extensions: ['*'] },
      ],
    };
    const answer = parent
      ? await dialog.showOpenDialog(parent, options)
      : await dialog.showOpenDialog(options);
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  };
  const chooseTarget = async (suggested: string): Promise<string | null> => {
    const parent = window.current();
    const options = { defaultPath: join(app.getPath('documents'), suggested) };
    const answer = parent
      ? await dialog.showSaveDialog(parent, options)
      : await dialog.showSaveDialog(options);
    return answer.canceled || answer.filePath === '' ? null : answer.filePath;
  };

  const signedIn = <E extends Entered>(entered: E): E => {
    server.signedIn(entered.session.operator.userName);
    live.start();
    return entered;
  };
  const follow = (state: ConsoleState): ConsoleState => {
    if (state.stage === 'ready') live.start();
    if (state.stage === 'locked') lockedWatch.start();
    void connection.check();
    return state;
  };
  const practice = createPractice({ session, vault: createVault(now), clipboard: copied, now });
  leavePractice = practice.forget;
  const handlers: Handlers = {
    app: {
      start: async () => follow(await server.stateNow()),
      started: async () => follow(await server.state()),
      openExternal: async ({ target }) => {
        await openExternal(target);
        return null;
      },
      copyDiagnostics: async () => {
        await copyDiagnostics();
        return null;
      },
      appearance: async ({ scheme }) => {
        appearance.choose(scheme);
        menu();
        return null;
      },
      spelling: async ({ name }) => {
        settings.change((before) => ({ ...before, spelling: name }));
        return null;
      },
    },
    server: {
      connect: ({ address }) => server.connect(address),
      disconnect: () => server.disconnect(),
      useThisComputer: () => server.useThisComputer(),
      restartBackend: () => server.restartBackend(),
    },
    session: {
      setUp: async ({ setupCode: typed, ...person }) => {
        const here = settings.read().current?.kind === 'this-computer';
        const view = await session.setUp(await server.place(), {
          ...person,
          setupCode: here ? setupCode : (typed ?? ''),
        });
        server.signedIn(view.operator.userName);
        live.start();
        return view;
      },
      signIn: async ({ userName, password, remember }) => {
        const answer = await steps.password(await server.place(), userName, password, remember);
        return 'session' in answer ? signedIn(answer) : answer;
      },
      answerCode: async ({ code }) => signedIn(await steps.code(code)),
      offerEnrolment: () => steps.offer(),
      confirmEnrolment: async ({ code }) => signedIn(await steps.enrol(code)),
      signInWithProvider: async ({ remember }) => {
        const place = await server.place();
        const answer = await steps.goOn(place, await browser.run({ base: place.base }), remember);
        return 'session' in answer ? signedIn(answer) : answer;
      },
      proveWithProvider: () =>
        session.proveBy(async (base, refresh) => {
          const tokens = await browser.run({ base, refreshToken: refresh.expose() });
          if ('step' in tokens) throw new ConsoleFailure('server.answer-invalid');
          return tokens;
        }),
      cancelSignIn: async () => {
        steps.cancel();
        browser.cancel();
        return null;
      },
      signOut: async () => {
        await session.signOut();
        return null;
      },
      lock: async () => {
        session.lock();
        return null;
      },
      reauthenticate: (proof) => session.prove(proof),
      activity: async () => {
        session.activity();
        return null;
      },
    },
    accounts: passThrough(contract.accounts, ['search', 'get', 'unmask', 'timeline'], session.call),
    imports: createImports({ session, chooseFile, chooseTarget, log }),
    cases: passThrough(
      contract.cases,
      [
        'open',
        'get',
        'list',
        'change',
        'refuse',
        'close',
        'startCheck',
        'answerCheck',
        'mintGrant',
        'deliveryChoices',
        'sendPhrase',
      ],
      session.call,
    ),
    fourEyes: passThrough(
      contract.fourEyes,
      ['ask', 'list', 'get', 'decide', 'flags', 'clearFlag', 'alert', 'raise', 'second', 'end'],
      session.call,
    ),
    ...createHandover({ session, vault, clipboard: copied, now }),
    ...practice.handlers,
    operators: passThrough(
      contract.operators,
      [
        'list',
        'invite',
        'sendLink',
        'revokeLink',
        'change',
        'setState',
        'unlock',
        'resetSecondFactor',
        'sessions',
        'endSessions',
      ],
      session.call,
    ),
    self: {
      ...passThrough(
        contract.self,
        [
          'get',
          'changePassword',
          'offerSecondFactor',
          'confirmSecondFactor',
          'renewRecoveryCodes',
          'sessions',
          'endSessions',
        ],
        session.call,
      ),
      copyRecoveryCodes: async ({ recoveryCodes }) => {
        const clearedAt = await copied.copy(new Secret(recoveryCodes.join('\n')));
        return { clearedAt: new Date(clearedAt).toISOString() };
      },
      saveRecoveryCodes: createSaveRecoveryCodes(chooseTarget),
    },
    provider: passThrough(contract.provider, ['get', 'change', 'test'], session.call),
    audit: passThrough(
      contract.audit,
      ['events', 'chain', 'check', 'streams', 'changeSyslog', 'changeWebhook', 'testStream'],
      session.call,
    ),
    downloads: createDownloads({ session, chooseTarget }),
    desk: passThrough(contract.desk, ['get'], session.call),
    requiredResets: passThrough(
      contract.requiredResets,
      ['list', 'get', 'accounts', 'choices', 'preview', 'previewMail', 'start', 'stop', 'tellAgain'],
      session.call,
    ),
    heldChanges: passThrough(contract.heldChanges, ['list', 'get', 'decide'], session.call),
    frozen: passThrough(contract.frozen, ['list', 'lift'], session.call),
    outbox: {
      ...passThrough(contract.outbox, ['list', 'get', 'listTexts', 'getText'], session.call),
      showFolder: async () => {
        const { folder } = await session.call(listOutbox, { query: {} });
        // Another computer's folder is not here to be shown.
        if (folder !== null && settings.read().current?.kind === 'this-computer')
          await shell.openPath(folder);
        return null;
      },
    },
    settings: passThrough(
      contract.settings,
      [
        'mail',
        'changeMail',
        'testMail',
        'policy',
        'changePolicy',
        'dryRunPolicy',
        'policyVersions',
        'texts',
        'changeTexts',
        'testText',
        'templates',
        'changeTemplate',
        'previewTemplate',
        'testTemplate',
      ],
      session.call,
    ),
  };
  bridge.answerCalls(handlers);
  for (const event of ['lock-screen', 'suspend'] as const) powerMonitor.on(event as 'suspend', session.lock);
  window.open();

  app.on('second-instance', window.raise);
  app.on('activate', window.raise);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let leaving = false;
  app.on('before-quit', (event) => {
    if (leaving) return;
    event.preventDefault();
    leaving = true;
    vault.clear();
    live.stop();
    lockedWatch.stop();
    void Promise.allSettled([copied.clear(), backend.stop(), settings.settle()]).then(() => {
      api.close();
      app.quit();
    });
  });
}
