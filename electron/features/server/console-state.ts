import { getAbout, type AboutView } from '../../../shared/api/about.ts';
import type { ConnectionState, ConsoleState } from '../../../shared/bridge/state.ts';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import { isFailure } from '../../failure/console-failure.ts';
import type { BackendProcess } from '../../services/backend-process/backend-process.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import type { Settings } from '../../services/settings-file/settings.ts';
import type { Session } from '../session/session.ts';
import { chooseServerState, commonState, embeddedSignInState, lastUserName } from './initial-state.ts';

export interface ConsoleStateOptions {
  readonly settings: SettingsFile;
  readonly api: ResetApi;
  readonly backend: BackendProcess;
  readonly session: Session;
  readonly keychain: Keychain;
  readonly connection: () => ConnectionState | null;
  readonly platform: ConsoleState['platform'];
  readonly version: string;
  /** What the organisation manages on this computer. */
  readonly managed: ManagedState;
}

/** The name of the selected server's entry in the keychain. */
export const keychainAccount = ({ current, installation }: Settings): string =>
  `${installation} ${current?.kind === 'server' ? current.address : 'this-computer'}`;

/** Reads the state that the page shows first. `onAbout` gets what the server says about itself. */
export function createConsoleStateReader(
  options: ConsoleStateOptions & {
    readonly baseUrl: () => Promise<string | null>;
    readonly onAbout: (about: AboutView) => void;
  },
) {
  const { settings, api, backend, session, keychain, connection, platform, version, managed } = options;

  const readFacts = async () => {
    const found = await keychain.state();
    settings.update((before) => (before.keychain === found ? before : { ...before, keychain: found }));
    return { connection: connection(), keychain: found, platform, version, managed };
  };
  /** What the server says about itself. The embedded backend says it when it starts, before the client of the Reset API is needed. */
  const askAbout = async (address: string, kind: 'server' | 'this-computer'): Promise<AboutView> => {
    const told = kind === 'this-computer' ? backend.takeAbout() : null;
    return told ?? api.call(address, getAbout, {});
  };
  /** Asks the server, starting the embedded backend if it is selected. A server that does not answer is the stage `unreachable`. */
  const readState = async (): Promise<ConsoleState> => {
    const read = settings.read();
    const { current } = read;
    // The keychain and the embedded backend take their time beside each other.
    const reading =
      current === null || session.view() !== null ? undefined : keychain.read(keychainAccount(read));
    const facts = await readFacts();
    if (current === null) return chooseServerState(read, facts);
    const common = commonState(read, facts);
    const { kind } = current;
    let address = current.kind === 'server' ? current.address : '';
    try {
      address = (await options.baseUrl()) ?? address;
      const about = await askAbout(address, kind);
      options.onAbout(about);
      const { provider } = about;
      const server = { kind, address, about };
      if (kind === 'this-computer' && provider !== read.thisComputer.provider) {
        settings.update((before) => ({ ...before, thisComputer: { ...before.thisComputer, provider } }));
      }
      if (about.setup === 'needs-first-administrator')
        return { ...common, stage: 'set-up', server, provider };
      const restored = await session.restore(
        { baseUrl: address, keychainAccount: keychainAccount(read) },
        read.locked,
        reading,
      );
      const stage = restored === 'none' ? 'sign-in' : restored;
      return { ...common, stage, server, provider, session: session.view() };
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      return {
        ...common,
        stage: 'unreachable',
        server: { kind, address, about: null },
        failure: thrown.failure,
      };
    }
  };
  return {
    readState,
    /**
     * Like `readState`, but does not wait for the embedded backend if its sign-in is certain: there was a sign-in before and
     * no session is remembered. The form can be filled in while the backend starts; the page asks again afterwards.
     */
    readImmediateState: async (): Promise<ConsoleState> => {
      const read = settings.read();
      const mustSignIn =
        read.current?.kind === 'this-computer' &&
        !backend.isReady() &&
        session.view() === null &&
        lastUserName(read) !== null &&
        (await keychain.read(keychainAccount(read))) === null;
      return mustSignIn ? embeddedSignInState(read, await readFacts()) : readState();
    },
  };
}
