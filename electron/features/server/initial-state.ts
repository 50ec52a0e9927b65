import type { ConnectionState, ConsoleState } from '../../../shared/bridge/state.ts';
import type { Settings } from '../../services/settings-file/settings.ts';

interface Facts extends Pick<ConsoleState, 'keychain' | 'platform' | 'version'> {
  readonly connection: ConnectionState | null;
}

/** Who signed in last at the server in use; null for nobody. */
export const lastUserName = ({ current, servers, thisComputer }: Settings): string | null => {
  if (current === null) return null;
  if (current.kind === 'this-computer') return thisComputer.lastUserName;
  return servers.find(({ address }) => address === current.address)?.lastUserName ?? null;
};

/** What needs no server to be known, whatever the stage. */
export const commonState = (read: Settings, facts: Facts) => ({
  session: null,
  provider: null,
  lastUserName: lastUserName(read),
  failure: null,
  scheme: read.scheme,
  spelling: read.spelling,
  ...facts,
});

export const chooseServerState = (read: Settings, facts: Facts): ConsoleState => ({
  ...commonState(read, facts),
  stage: 'choose-server',
  server: null,
});

/** The sign-in on this computer, while the embedded backend has not answered yet. */
export const embeddedSignInState = (read: Settings, facts: Facts): ConsoleState => ({
  ...commonState(read, facts),
  stage: 'sign-in',
  server: { kind: 'this-computer', address: '', about: null },
  provider: read.thisComputer.provider,
});

/**
 * What the page will most likely show first, from what the last start left: drawn at once, and put right when the console knows. Null where that is
 * not known, and for a server, which may not answer.
 */
export function predictedState(
  read: Settings,
  own: Pick<ConsoleState, 'platform' | 'version'>,
): ConsoleState | null {
  const { current, tokenKept, keychain } = read;
  if (keychain === null) return null;
  const facts = { ...own, keychain, connection: null };
  if (current === null) return chooseServerState(read, facts);
  const form = current.kind === 'this-computer' && tokenKept === false && lastUserName(read) !== null;
  return form ? embeddedSignInState(read, facts) : null;
}
