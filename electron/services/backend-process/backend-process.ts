import { fromBackend, type ToBackend } from '../../../shared/embedded/messages.ts';
import type { BackendProcessState } from '../../../shared/bridge/state.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';

/** A started process, reduced to what is needed. */
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
  /** The port of the last start, so that mailed links stay good. */
  readonly port: { readonly read: () => number | null; readonly keep: (port: number) => void };
  readonly onState: (state: BackendProcessState) => void;
  readonly log: Log;
  readonly now: () => number;
  /** Calls back after so many milliseconds. */
  readonly setTimer: (milliseconds: number, work: () => void) => void;
}

export interface BackendProcess {
  /** Its address, once it answers; starts it when it is not running. Throws `backend-process.failed`. */
  readonly baseUrl: () => Promise<string>;
  /** Whether it has started and not ended. */
  readonly isReady: () => boolean;
  readonly restart: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Ends within this time, in milliseconds, count against it; so many in a row and it is left alone. */
const quickExitMs = 60_000;
const maxQuickExits = 3;
const restartDelaysMs = [0, 500, 2000] as const;
/** Milliseconds for a stop in good order. */
const stopTimeoutMs = 3000;

/** Keeps the embedded backend running: starts it, notices its end, starts it again, and gives up when that does not help. */
export function createBackendProcess(collaborators: Collaborators): BackendProcess {
  const { fork, dataFolder, version, setupCode, port, onState, log, now, setTimer } = collaborators;
  let child: BackendChild | null = null;
  let address: string | null = null;
  let failure: string | null = null;
  let stopping = false;
  let restarts = 0;
  let ends: number[] = [];
  let waiting: { resolve: (base: string) => void; reject: (reason: ConsoleFailure) => void }[] = [];
  let ended: (() => void)[] = [];

  const tell = (state: BackendProcessState['state']) => {
    const why = failure === null ? null : ({ code: 'backend-process.failed', detail: failure } as const);
    onState({ state, restarts, failure: why });
  };
  const giveUp = (detail: string) => {
    failure = detail;
    address = null;
    tell('failed');
    const refused = waiting;
    waiting = [];
    for (const { reject } of refused) reject(new ConsoleFailure('backend-process.failed', { detail }));
  };

  const start = () => {
    failure = null;
    tell(restarts === 0 ? 'starting' : 'restarting');
    const own = fork();
    child = own;
    own.onMessage((data) => {
      const message = fromBackend.safeParse(data);
      if (!message.success || child !== own) return;
      if (message.data.type === 'failed') return giveUp(message.data.detail);
      address = `http://127.0.0.1:${message.data.port}`;
      port.keep(message.data.port);
      log.info('backend ready', { port: message.data.port });
      tell('ready');
      const answered = waiting;
      waiting = [];
      for (const { resolve } of answered) resolve(address);
    });
    own.onExit((code) => {
      if (child !== own) return;
      child = null;
      address = null;
      const listeners = ended;
      ended = [];
      for (const listener of listeners) listener();
      if (stopping || failure !== null) return;
      log.warn('backend ended', { code });
      ends = [...ends.filter((at) => at > now() - quickExitMs), now()];
      if (ends.length >= maxQuickExits) return giveUp(`It ended ${ends.length} times within a minute.`);
      restarts += 1;
      tell('restarting');
      setTimer(restartDelaysMs[Math.min(ends.length, restartDelaysMs.length) - 1] ?? 0, () => {
        if (!stopping && child === null) start();
      });
    });
    own.post({ type: 'start', dataFolder, preferredPort: port.read() ?? 0, setupCode, version });
  };

  const baseUrl = (): Promise<string> => {
    if (address !== null) return Promise.resolve(address);
    if (failure !== null)
      return Promise.reject(new ConsoleFailure('backend-process.failed', { detail: failure }));
    const answered = new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
    stopping = false;
    if (child === null && ends.length === 0) start();
    return answered;
  };
  const stop = async () => {
    stopping = true;
    const running = child;
    if (running === null) return;
    const gone = new Promise<void>((resolve) => {
      ended.push(resolve);
    });
    running.post({ type: 'stop' });
    setTimer(stopTimeoutMs, () => {
      if (child === running) running.kill();
    });
    await gone;
  };

  return {
    baseUrl,
    isReady: () => address !== null,
    stop,
    restart: async () => {
      await stop();
      ends = [];
      failure = null;
      return baseUrl();
    },
  };
}
