import type { AboutView } from '../../../shared/api/about.ts';
import type { BackendFailureCode } from '../../../shared/errors/codes.ts';
import { fromBackend, type ToBackend } from '../../../shared/embedded/messages.ts';
import type { BackendProcessState } from '../../../shared/bridge/state.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../timers/timers.ts';

/** The part of a child process that is needed here. */
export interface BackendChild {
  readonly post: (message: ToBackend) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onExit: (listener: (code: number) => void) => void;
  readonly kill: () => void;
}

interface Collaborators {
  readonly fork: () => BackendChild;
  readonly dataFolder: string;
  readonly version: string;
  readonly setupCode: string;
  /** The port of the last start, used again so that links in mails stay valid. */
  readonly port: { readonly read: () => number | null; readonly write: (port: number) => void };
  readonly onState: (state: BackendProcessState) => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

export interface BackendProcess {
  /** The backend's address, once it is ready; starts it if it is not running. Throws a {@link BackendFailureCode}. */
  readonly baseUrl: () => Promise<string>;
  readonly isReady: () => boolean;
  /** What the backend said about itself at its start. Null once it was taken, since it may change from then on. */
  readonly takeAbout: () => AboutView | null;
  /** Also starts again after a failure. */
  readonly restart: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** An exit within this time after the start counts as quick. After the maximum number of quick exits in a row, the backend is not started again. */
const quickExitMs = 60_000;
const maxQuickExits = 3;
const restartDelaysMs = [0, 500, 2000] as const;
/** A start includes the migrations of a large database. */
const startTimeoutMs = 5 * 60_000;
/** After this time, a backend that was asked to stop is killed. */
const stopTimeoutMs = 3000;

interface BackendFailure {
  readonly code: BackendFailureCode;
  readonly detail: string;
}

interface Waiter {
  readonly resolve: (baseUrl: string) => void;
  readonly reject: (reason: ConsoleFailure) => void;
}

/** Keeps the embedded backend running: starts it, restarts it when it exits, and gives up after repeated quick exits. */
export function createBackendProcess(collaborators: Collaborators): BackendProcess {
  const { fork, dataFolder, version, setupCode, port, onState, log, now, setTimer } = collaborators;
  let child: BackendChild | null = null;
  let address: string | null = null;
  let about: AboutView | null = null;
  let failure: BackendFailure | null = null;
  let isStopping = false;
  let restarts = 0;
  let quickExits: number[] = [];
  let waiters: Waiter[] = [];
  let exitListeners: (() => void)[] = [];
  let cancelStartLimit: () => void = () => undefined;

  const report = (state: BackendProcessState['state']) => {
    onState({ state, restarts, failure });
  };
  const takeWaiters = (): Waiter[] => {
    const taken = waiters;
    waiters = [];
    return taken;
  };
  const rejectWaiters = ({ code, detail }: BackendFailure) => {
    for (const { reject } of takeWaiters()) reject(new ConsoleFailure(code, { detail }));
  };
  const giveUp = ({ code, detail }: BackendFailure) => {
    failure = { code, detail };
    address = null;
    cancelStartLimit();
    report('failed');
    rejectWaiters(failure);
  };
  const onExit = (code: number) => {
    child = null;
    address = null;
    about = null;
    const listeners = exitListeners;
    exitListeners = [];
    for (const listener of listeners) listener();
    if (isStopping || failure !== null) return;
    log.warn('backend exited', { code });
    quickExits = [...quickExits.filter((at) => at > now() - quickExitMs), now()];
    if (quickExits.length >= maxQuickExits)
      return giveUp({
        code: 'backend-process.failed',
        detail: `It exited ${quickExits.length} times within a minute.`,
      });
    restarts += 1;
    report('restarting');
    setTimer(restartDelaysMs[Math.min(quickExits.length, restartDelaysMs.length) - 1] ?? 0, () => {
      if (!isStopping && child === null) start();
    });
  };
  const start = () => {
    failure = null;
    report(restarts === 0 ? 'starting' : 'restarting');
    const started = fork();
    child = started;
    started.onMessage((data) => {
      const message = fromBackend.safeParse(data);
      if (!message.success || child !== started) return;
      if (message.data.type === 'failed') return giveUp(message.data);
      cancelStartLimit();
      address = `http://127.0.0.1:${message.data.port}`;
      about = message.data.about;
      port.write(message.data.port);
      log.info('backend ready', { port: message.data.port });
      report('ready');
      for (const { resolve } of takeWaiters()) resolve(address);
    });
    cancelStartLimit = setTimer(startTimeoutMs, () => {
      if (child !== started || address !== null) return;
      giveUp({
        code: 'backend-process.failed',
        detail: `It did not start within ${startTimeoutMs / 60_000} minutes.`,
      });
      started.kill();
    });
    started.onExit((code) => {
      if (child === started) onExit(code);
    });
    started.post({ type: 'start', dataFolder, preferredPort: port.read() ?? 0, setupCode, version });
  };

  const baseUrl = (): Promise<string> => {
    if (address !== null) return Promise.resolve(address);
    if (failure !== null) return Promise.reject(new ConsoleFailure(failure.code, { detail: failure.detail }));
    const ready = new Promise<string>((resolve, reject) => {
      waiters.push({ resolve, reject });
    });
    isStopping = false;
    // After an exit, the timer of the restart starts it.
    if (child === null && quickExits.length === 0) start();
    return ready;
  };
  const stop = async () => {
    isStopping = true;
    cancelStartLimit();
    rejectWaiters({ code: 'backend-process.failed', detail: 'It was stopped.' });
    const running = child;
    if (running === null) return;
    const exited = new Promise<void>((resolve) => {
      exitListeners.push(resolve);
    });
    running.post({ type: 'stop' });
    setTimer(stopTimeoutMs, () => {
      if (child === running) running.kill();
    });
    await exited;
  };

  return {
    baseUrl,
    isReady: () => address !== null,
    takeAbout: () => {
      const taken = about;
      about = null;
      return taken;
    },
    stop,
    restart: async () => {
      await stop();
      quickExits = [];
      failure = null;
      return baseUrl();
    },
  };
}
