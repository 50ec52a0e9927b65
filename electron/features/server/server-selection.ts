import { getAbout, type AboutView } from '../../../shared/api/about.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { parseServerAddress } from '../../services/reset-api/server-address.ts';
import type { Settings } from '../../services/settings-file/settings.ts';
import type { SessionServer } from '../session/session.ts';
import { createConsoleStateReader, keychainAccount, type ConsoleStateOptions } from './console-state.ts';

/** How many servers the settings remember the last user name of. */
const maxServers = 50;

/** Which server the console uses, and the state that results. Each change signs out and answers the new state. */
export interface ServerSelection {
  /** The state that the page shows first. */
  readonly state: () => Promise<ConsoleState>;
  /** The same, without waiting for the embedded backend if it is certain that the operator has to sign in. */
  readonly immediateState: () => Promise<ConsoleState>;
  /** The selected server, with its keychain entry. Throws if the embedded backend cannot be started. */
  readonly sessionServer: () => Promise<SessionServer>;
  /**
   * The base address of the selected server, of the embedded backend once it has started; null if none is selected. Throws
   * `server.address-invalid` or `server.tls-required` for an address of the settings file that could not have been typed.
   */
  readonly baseUrl: () => Promise<string | null>;
  /** What the selected server last said about itself; null before. */
  readonly about: () => AboutView | null;
  /**
   * Selects a server by the address that the operator typed. Throws, and changes nothing, if it does not answer. Like the two below, throws
   * `console.managed` where the organisation has locked the server.
   */
  readonly connect: (typed: string) => Promise<ConsoleState>;
  readonly useThisComputer: () => Promise<ConsoleState>;
  /** Also cancels a selection that is waiting for its server. */
  readonly disconnect: () => Promise<ConsoleState>;
  readonly restartBackend: () => Promise<ConsoleState>;
  /** Fills in the sign-in form of the selected server with this user name from now on. */
  readonly rememberUserName: (userName: string) => void;
}

export function createServerSelection(options: ConsoleStateOptions): ServerSelection {
  const { settings, api, backend, session } = options;
  const { ServerLocked = false } = options.managed.values;
  let about: AboutView | null = null;
  let connecting = new AbortController();

  const baseUrl = async (): Promise<string | null> => {
    const { current } = settings.read();
    if (current === null) return null;
    // Anyone who can write the settings file may have put the address there, so the rules for typed addresses apply.
    return current.kind === 'server' ? parseServerAddress(current.address) : backend.baseUrl();
  };
  const { readState, readImmediateState } = createConsoleStateReader({
    ...options,
    baseUrl,
    onAbout: (read) => {
      about = read;
    },
  });
  const assertUnlocked = () => {
    if (ServerLocked) throw new ConsoleFailure('console.managed');
  };
  /** Ends the session first, which also clears the secrets that came with it. */
  const select = async (current: Settings['current']) => {
    await session.signOut();
    session.discard();
    about = null;
    settings.update((before) => ({ ...before, current, locked: false }));
  };

  return {
    state: readState,
    immediateState: readImmediateState,
    baseUrl,
    about: () => about,
    sessionServer: async () => ({
      baseUrl: (await baseUrl()) ?? '',
      keychainAccount: keychainAccount(settings.read()),
    }),
    connect: async (typed) => {
      assertUnlocked();
      const address = parseServerAddress(typed);
      connecting.abort();
      const attempt = new AbortController();
      connecting = attempt;
      await api.call(address, getAbout, {}, { timeout: 10_000, signal: attempt.signal });
      if (attempt.signal.aborted) throw new ConsoleFailure('server.timeout');
      await select({ kind: 'server', address });
      return readState();
    },
    useThisComputer: async () => {
      assertUnlocked();
      await select({ kind: 'this-computer' });
      return readState();
    },
    disconnect: async () => {
      assertUnlocked();
      connecting.abort();
      await select(null);
      await backend.stop();
      return readState();
    },
    restartBackend: async () => {
      // A failed start is part of the state that is answered.
      if (settings.read().current?.kind === 'this-computer') await backend.restart().catch(() => undefined);
      return readState();
    },
    rememberUserName: (userName) => {
      settings.update((before) => {
        const { current } = before;
        if (current?.kind !== 'server') {
          return { ...before, thisComputer: { ...before.thisComputer, lastUserName: userName } };
        }
        const others = before.servers.filter(({ address }) => address !== current.address);
        return {
          ...before,
          servers: [{ address: current.address, lastUserName: userName }, ...others].slice(0, maxServers),
        };
      });
    },
  };
}
