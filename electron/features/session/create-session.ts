import { reauthenticate, setUp, signOut } from '../../../shared/api/session.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import type { Session, SignInResult } from './session.ts';
import { createSessionCalls } from './session-calls.ts';
import { createSessionState, type SessionStateOptions } from './session-state.ts';

interface Collaborators extends SessionStateOptions {
  /** Whether an entry of the keychain may hold an older token than the last session's, which must not be used. */
  readonly isStale: (keychainAccount: string) => boolean;
  readonly api: ResetApi;
  readonly log: Log;
}

/**
 * The operator's session: from sign-in or restart to sign-out, with its lock. Tokens stay in main's memory; the refresh
 * token goes to the keychain if the operator asks for it.
 */
export function createSession({ api, log, ...options }: Collaborators): Session {
  const { keychain, persistRemembered, now } = options;
  const state = createSessionState(options);
  const { renew, withFreshToken, applyFailure, ...calls } = createSessionCalls({ api, state, now });

  const reauthenticateWith: Session['reauthenticateWith'] = async (requestTokens) => {
    const held = state.held();
    if (held === null) throw new ConsoleFailure('console.signed-out');
    const tokens = await requestTokens(held.server.baseUrl, held.refreshToken).catch(applyFailure);
    if (state.held() !== held) throw new ConsoleFailure('console.signed-out');
    state.replaceTokens(held, tokens);
    state.unlock();
    return tokens.session;
  };

  return {
    ...calls,
    view: () => state.held()?.view ?? null,
    isLocked: state.isLocked,
    assertUsable: () => {
      state.usable();
    },
    lock: state.lock,
    discard: state.discard,
    recordActivity: state.restartIdleTimer,
    reauthenticateWith,
    reauthenticate: (proof) =>
      reauthenticateWith((baseUrl, refreshToken) =>
        api.call(baseUrl, reauthenticate, { body: { refreshToken: refreshToken.expose(), ...proof } }),
      ),

    async setUp(server, body) {
      const tokens = await api.call(server.baseUrl, setUp, { body });
      state.open(server, tokens, false);
      return tokens.session;
    },

    async open(server, tokens, remember) {
      let notRemembered: SignInResult['notRemembered'] = null;
      if (remember) {
        try {
          await keychain.store(server.keychainAccount, new Secret(tokens.refreshToken));
        } catch (thrown) {
          if (!isFailure(thrown, 'keychain.missing', 'keychain.locked', 'keychain.failed')) throw thrown;
          notRemembered = thrown.code as NonNullable<SignInResult['notRemembered']>;
        }
      } else void keychain.remove(server.keychainAccount);
      state.open(server, tokens, remember && notRemembered === null);
      return { session: tokens.session, notRemembered };
    },

    async restore(server, startsLocked, reading) {
      if (state.held() !== null) return state.isLocked() ? 'locked' : 'ready';
      if (options.isStale(server.keychainAccount)) {
        await keychain.remove(server.keychainAccount);
        persistRemembered(false);
        return 'none';
      }
      const refreshToken = await (reading ?? keychain.read(server.keychainAccount));
      persistRemembered(refreshToken !== null);
      if (refreshToken === null) return 'none';
      const held = state.restore(server, refreshToken, startsLocked);
      if (startsLocked) return 'locked';
      try {
        await renew(held);
        state.restartIdleTimer();
        return 'ready';
      } catch (thrown) {
        if (isFailure(thrown, 'console.locked')) return 'locked';
        if (isFailure(thrown, 'session.expired')) return 'none';
        state.discard();
        throw thrown;
      }
    },

    async signOut() {
      const held = state.held();
      if (held === null) return;
      try {
        const { accessToken } = state.isLocked() ? held : await withFreshToken();
        if (accessToken) await api.call(held.server.baseUrl, signOut, {}, { accessToken });
      } catch (thrown) {
        log.warn('sign-out could not be sent to the server', {
          code: isFailure(thrown) ? thrown.code : 'unexpected',
        });
      }
      if (state.held() === held) state.end('signed-out');
    },

    confirmEnded: (sessionId) => {
      const held = state.held();
      // A refused renewal ends the session here; its error has no other recipient.
      if (held?.view?.id === sessionId) void renew(held).catch(() => undefined);
    },
  };
}
