import { getAbout, type AboutView } from '../../../shared/api/about.ts';
import type { ConsoleState, ConnectionState } from '../../../shared/bridge/state.ts';
import type { BackendProcess } from '../../services/backend-process/backend-process.ts';
import { isFailure } from '../../failure/console-failure.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { parseServerAddress } from '../../services/reset-api/server-address.ts';
import type { Session, SessionServer } from '../session/session.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import { chooseServerState, commonState, lastUserName, embeddedSignInState } from './initial-state.ts';
import type { Settings } from '../../services/settings-file/settings.ts';

interface Collaborators {
  readonly settings: SettingsFile;
  readonly api: ResetApi;
  readonly backend: BackendProcess;
  readonly session: Session;
  readonly keychain: Keychain;
  readonly connection: () => ConnectionState | null;
  readonly platform: ConsoleState['platform'];
  readonly version: string;
}

export interface ServerSelection {
  /** Where the console stands: what the page shows first. */
  readonly state: () => Promise<ConsoleState>;
  /** The same without waiting for the embedded backend, where it is known before that somebody has to sign in. */
  readonly immediateState: () => Promise<ConsoleState>;
  /** The server in use, with its keychain entry; throws when there is none or it cannot be started. */
  readonly sessionServer: () => Promise<SessionServer>;
  /** Its address without starting anything; null for none. */
  readonly baseUrl: () => Promise<string | null>;
  readonly about: () => AboutView | null;
  readonly connect: (typed: string) => Promise<ConsoleState>;
  readonly useThisComputer: () => Promise<ConsoleState>;
  readonly disconnect: () => Promise<ConsoleState>;
  readonly restartBackend: () => Promise<ConsoleState>;
  /** Remembers who signed in here, for the form. */
  readonly rememberUserName: (userName: string) => void;
}

/** Which server the console talks to, and where that leaves it. */
export function createServerSelection(collaborators: Collaborators): ServerSelection {
  const { settings, api, backend, session, keychain, connection, platform, version } = collaborators;
  let about: AboutView | null = null;

  const addressOf = async (): Promise<string | null> => {
    const { current } = settings.read();
    if (current === null) return null;
    return current.kind === 'server' ? current.address : backend.baseUrl();
  };
  const keychainAccount = ({ current, installation }: Settings): string =>
    `${installation} ${current?.kind === 'server' ? current.address : 'this-computer'}`;

  /**
   * Whether it is known, before the embedded backend answers, that somebody has to sign in: somebody did before, and no session is kept. The form can
   * be filled in while the backend starts; the page asks again when it has.
   */
  const mustSignIn = async (read: Settings): Promise<boolean> =>
    session.view() === null &&
    lastUserName(read) !== null &&
    (await keychain.read(keychainAccount(read))) === null;

  const facts = async () => {
    const found = await keychain.state();
    settings.update((before) => (before.keychain === found ? before : { ...before, keychain: found }));
    return { connection: connection(), keychain: found, platform, version };
  };
  const immediateState = async (): Promise<ConsoleState> => {
    const read = settings.read();
    if (read.current?.kind !== 'this-computer' || backend.isReady() || !(await mustSignIn(read)))
      return state();
    return embeddedSignInState(read, await facts());
  };
  const state = async (): Promise<ConsoleState> => {
    const read = settings.read();
    const { current, locked } = read;
    const own = await facts();
    if (current === null) return chooseServerState(read, own);
    const all = commonState(read, own);
    const kind = current.kind;
    let address = current.kind === 'server' ? current.address : '';
    try {
      // Both at once: an embedded backend that is starting leaves this process nothing else to do.
      const [reached] = await Promise.all([addressOf(), api.prepare()]);
      address = reached ?? address;
      about = await api.call(address, getAbout, {});
      const { provider } = about;
      const server = { kind, address, about };
      if (kind === 'this-computer' && provider !== read.thisComputer.provider) {
        settings.update((before) => ({
          ...before,
          thisComputer: { ...before.thisComputer, provider },
        }));
      }
      if (about.setup === 'needs-first-administrator') return { ...all, stage: 'set-up', server, provider };
      const restored = await session.restore(
        { baseUrl: address, keychainAccount: keychainAccount(read) },
        locked,
      );
      const stage = restored === 'none' ? 'sign-in' : restored;
      return { ...all, stage, server, provider, session: session.view() };
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      return {
        ...all,
        stage: 'unreachable',
        server: { kind, address, about: null },
        failure: thrown.failure,
      };
    }
  };
  const choose = (current: Settings['current']) => {
    session.discard();
    about = null;
    settings.update((before) => ({ ...before, current, locked: false }));
  };

  return {
    state,
    immediateState,
    baseUrl: addressOf,
    about: () => about,
    sessionServer: async () => ({
      baseUrl: (await addressOf()) ?? '',
      keychainAccount: keychainAccount(settings.read()),
    }),
    connect: async (typed) => {
      const address = parseServerAddress(typed);
      // Asked before anything is kept: an address that does not answer changes nothing.
      await api.call(address, getAbout, {}, { timeout: 10_000 });
      choose({ kind: 'server', address });
      return state();
    },
    useThisComputer: () => {
      choose({ kind: 'this-computer' });
      return state();
    },
    disconnect: async () => {
      await session.signOut();
      choose(null);
      await backend.stop();
      return state();
    },
    restartBackend: async () => {
      // A failure is part of the state that is answered.
      if (settings.read().current?.kind === 'this-computer') await backend.restart().catch(() => undefined);
      return state();
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
          servers: [{ address: current.address, lastUserName: userName }, ...others].slice(0, 50),
        };
      });
    },
  };
}
