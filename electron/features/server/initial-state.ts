import type { ConnectionState, ConsoleState } from '../../../shared/bridge/state.ts';
import { startupOf } from '../startup/startup.ts';
import type { Settings } from '../../services/settings-file/settings.ts';

interface Facts extends Pick<ConsoleState, 'keychain' | 'platform' | 'version' | 'managed'> {
  readonly connection: ConnectionState | null;
}

/** The user name of the last sign-in at the selected server; null before the first. */
export const lastUserName = ({ current, servers, thisComputer }: Settings): string | null => {
  if (current === null) return null;
  if (current.kind === 'this-computer') return thisComputer.lastUserName;
  return servers.find(({ address }) => address === current.address)?.lastUserName ?? null;
};

/** The fields of the console's state that are known without the server, at any stage. */
export const commonState = (settings: Settings, facts: Facts) => ({
  session: null,
  provider: null,
  lastUserName: lastUserName(settings),
  failure: null,
  scheme: settings.scheme,
  spelling: settings.spelling,
  startup: startupOf(settings, facts.managed),
  ...facts,
});

export const chooseServerState = (settings: Settings, facts: Facts): ConsoleState => ({
  ...commonState(settings, facts),
  stage: 'choose-server',
  server: null,
});

/** The sign-in on this computer before the embedded backend has answered. */
export const embeddedSignInState = (settings: Settings, facts: Facts): ConsoleState => ({
  ...commonState(settings, facts),
  stage: 'sign-in',
  server: { kind: 'this-computer', address: '', about: null },
  provider: settings.thisComputer.provider,
});

/**
 * The state that the page will most likely start with, read from the settings of the last run. The page draws it at once and
 * corrects it when it has asked. Null if it cannot be predicted, and for a server on the network, which may not answer.
 */
export function predictedState(
  settings: Settings,
  app: Pick<ConsoleState, 'platform' | 'version' | 'managed'>,
): ConsoleState | null {
  const { current, tokenKept, keychain } = settings;
  if (keychain === null) return null;
  const facts = { ...app, keychain, connection: null };
  if (current === null) return chooseServerState(settings, facts);
  const mustSignIn =
    current.kind === 'this-computer' && tokenKept === false && lastUserName(settings) !== null;
  return mustSignIn ? embeddedSignInState(settings, facts) : null;
}
