import { followLocked } from '../../../shared/api/live.ts';
import {
  reauthenticate,
  refreshSession,
  setUp,
  signOut,
  type SessionTokens,
  type SessionView,
} from '../../../shared/api/session.ts';
import type { EventValue } from '../../../shared/bridge/contract.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import type { Log } from '../../log/log.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { SignInResult, Session, SessionServer } from './session.ts';

interface HeldSession {
  readonly place: SessionServer;
  readonly remembered: boolean;
  refresh: Secret;
  access: Secret | null;
  accessExpiresAt: number;
  view: SessionView | null;
}

interface Collaborators {
  readonly api: ResetApi;
  readonly keychain: Keychain;
  /** Whether the keychain has the session's token, for the next start. */
  readonly persistRemembered: (remembered: boolean) => void;
  /** Whether a locked console stays locked over a restart. */
  readonly persistLocked: (locked: boolean) => void;
  readonly onChange: (change: EventValue<'session'>['change']) => void;
  readonly log: Log;
  readonly now: () => number;
  /** Calls back after so many milliseconds, until the returned function is called. */
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

/** Milliseconds before its end at which an access token is renewed. */
const renewBeforeMs = 30_000;

/** The operator's session: tokens in main's memory, the refresh token in the keychain if asked, the lock, and its timer. */
export function createSession(collaborators: Collaborators): Session {
  const { api, keychain, persistRemembered, persistLocked, onChange, log, now, setTimer } = collaborators;
  let held: HeldSession | null = null;
  let locked = false;
  let renewing: Promise<HeldSession> | null = null;
  let stopIdle: () => void = () => undefined;
  let keeping = Promise.resolve();

  const keep = ({ place, refresh }: HeldSession): Promise<void> => {
    const kept = keeping.then(() => keychain.store(place.keychainAccount, refresh));
    // The next one waits for this one, and fails or not by itself.
    keeping = kept.catch(() => undefined);
    return kept;
  };
  const take = (into: HeldSession, tokens: SessionTokens): HeldSession => {
    into.refresh = new Secret(tokens.refreshToken);
    into.access = new Secret(tokens.accessToken);
    into.accessExpiresAt = Date.parse(tokens.accessExpiresAt) - Date.parse(tokens.session.serverTime) + now();
    into.view = tokens.session;
    // A renewed token that could not be kept costs a sign-in at the next start, no more.
    if (into.remembered) void keep(into).catch(() => undefined);
    return into;
  };
  const watchIdle = () => {
    stopIdle();
    const seconds = held?.view?.idleLockSeconds;
    if (seconds !== undefined && !locked) stopIdle = setTimer(seconds * 1000, lock);
  };
  const end = (change: 'expired' | 'signed-out') => {
    const ended = held;
    held = null;
    locked = false;
    stopIdle();
    persistLocked(false);
    persistRemembered(false);
    if (ended) void keychain.remove(ended.place.keychainAccount);
    onChange(change);
  };
  function lock(): void {
    if (held === null || locked) return;
    locked = true;
    stopIdle();
    // Nothing can be called before somebody has proved themselves.
    held.access = null;
    persistLocked(true);
    onChange('locked');
  }
  const open = (place: SessionServer, tokens: SessionTokens, remembered: boolean): HeldSession => {
    held = take(
      { place, remembered, refresh: new Secret(''), access: null, accessExpiresAt: 0, view: null },
      tokens,
    );
    locked = false;
    persistLocked(false);
    persistRemembered(remembered);
    watchIdle();
    return held;
  };
  const ended = (thrown: unknown): never => {
    if (isFailure(thrown, 'session.expired', 'session.missing')) {
      end('expired');
      throw new ConsoleFailure('session.expired');
    }
    if (isFailure(thrown, 'session.idle-locked')) {
      lock();
      throw new ConsoleFailure('console.locked');
    }
    throw thrown;
  };
  const renew = (own: HeldSession): Promise<HeldSession> =>
    (renewing ??= api
      .call(own.place.baseUrl, refreshSession, { body: { refreshToken: own.refresh.expose() } })
      .then((tokens) => take(own, tokens), ended)
      .finally(() => {
        renewing = null;
      }));
  const usable = (): HeldSession => {
    if (held === null) throw new ConsoleFailure('console.signed-out');
    if (locked) throw new ConsoleFailure('console.locked');
    return held;
  };
  const fresh = async (): Promise<HeldSession> => {
    const own = usable();
    return own.access === null || own.accessExpiresAt - renewBeforeMs <= now() ? renew(own) : own;
  };

  const reauthenticateWith: Session['reauthenticateWith'] = async (ask) => {
    const own = held;
    if (own === null) throw new ConsoleFailure('console.signed-out');
    const tokens = await ask(own.place.baseUrl, own.refresh).catch(ended);
    if (held !== own) throw new ConsoleFailure('console.signed-out');
    take(own, tokens);
    const wasLocked = locked;
    locked = false;
    persistLocked(false);
    watchIdle();
    if (wasLocked) onChange('unlocked');
    return tokens.session;
  };

  return {
    view: () => held?.view ?? null,
    isLocked: () => locked,

    async call(endpoint, input, options = {}) {
      const own = await fresh();
      const send = ({ place, access }: HeldSession) =>
        api.call(place.baseUrl, endpoint, input, { ...options, ...(access && { accessToken: access }) });
      try {
        return await send(own);
      } catch (thrown) {
        // A stream is sent once; what else was refused for its token alone is asked again with a new one.
        if (
          isFailure(thrown, 'session.expired', 'session.missing') &&
          endpoint.stream !== true &&
          held === own
        ) {
          return send(await renew(own)).catch(ended);
        }
        return ended(thrown);
      }
    },

    async openEventStream(endpoint, signal) {
      const { place, access } = await fresh();
      return api
        .openEventStream(place.baseUrl, endpoint, {}, { signal, ...(access && { accessToken: access }) })
        .catch((thrown: unknown) => {
          // Somebody may have been busy here without a call: the backend has locked the session before this console did.
          if (isFailure(thrown, 'session.idle-locked')) lock();
          throw thrown;
        });
    },

    async openLockedEventStream(signal) {
      // A token that is being exchanged would be the wrong one in a moment.
      // A renewal that fails is told to whoever asked for it, and ends the session by itself.
      await renewing?.catch(() => undefined);
      const own = held;
      if (own === null) throw new ConsoleFailure('console.signed-out');
      const body = { refreshToken: own.refresh.expose() };
      return api
        .openEventStream(own.place.baseUrl, followLocked, { body }, { signal })
        .catch((thrown: unknown) => {
          if (held === own && isFailure(thrown, 'session.expired')) end('expired');
          throw thrown;
        });
    },

    async download(endpoint, input) {
      const { place, access } = await fresh();
      return api
        .download(place.baseUrl, endpoint, input, { ...(access && { accessToken: access }) })
        .catch(ended);
    },

    setUp: async (place, body) => {
      const tokens = await api.call(place.baseUrl, setUp, { body });
      return open(place, tokens, false).view ?? tokens.session;
    },

    async open(place, tokens, remember) {
      let notRemembered: SignInResult['notRemembered'] = null;
      if (remember) {
        try {
          await keychain.store(place.keychainAccount, new Secret(tokens.refreshToken));
        } catch (thrown) {
          if (!isFailure(thrown, 'keychain.missing', 'keychain.locked', 'keychain.failed')) throw thrown;
          notRemembered = thrown.code as 'keychain.missing';
        }
      } else void keychain.remove(place.keychainAccount);
      open(place, tokens, remember && notRemembered === null);
      return { session: tokens.session, notRemembered };
    },

    async restore(place, startLocked) {
      if (held !== null) return locked ? 'locked' : 'ready';
      const refresh = await keychain.read(place.keychainAccount);
      persistRemembered(refresh !== null);
      if (refresh === null) return 'none';
      const own: HeldSession = {
        place,
        remembered: true,
        refresh,
        access: null,
        accessExpiresAt: 0,
        view: null,
      };
      held = own;
      locked = startLocked;
      if (startLocked) return 'locked';
      try {
        await renew(own);
        watchIdle();
        return 'ready';
      } catch (thrown) {
        if (isFailure(thrown, 'console.locked')) return 'locked';
        if (isFailure(thrown, 'session.expired')) return 'none';
        held = null;
        throw thrown;
      }
    },

    lock,

    reauthenticate: (proof) =>
      reauthenticateWith((base, refresh) =>
        api.call(base, reauthenticate, { body: { refreshToken: refresh.expose(), ...proof } }),
      ),
    reauthenticateWith,

    async signOut() {
      const own = held;
      if (own === null) return;
      try {
        const { access } = locked ? own : await fresh();
        if (access) await api.call(own.place.baseUrl, signOut, {}, { accessToken: access });
      } catch (thrown) {
        log.warn('the server was not told of the sign-out', {
          code: isFailure(thrown) ? thrown.code : 'unexpected',
        });
      }
      if (held === own) end('signed-out');
    },

    discard: () => {
      held = null;
      locked = false;
      stopIdle();
    },
    recordActivity: watchIdle,
    confirmEnded: (sessionId) => {
      const own = held;
      if (own?.view?.id !== sessionId) return;
      // The answer to the renewal ends the session here; nobody else waits for it.
      void renew(own).catch(() => undefined);
    },
  };
}
