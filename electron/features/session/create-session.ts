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
import type { Entered, Session, SessionPlace } from './session.ts';

interface Held {
  readonly place: SessionPlace;
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
  readonly keepRemembered: (remembered: boolean) => void;
  /** Whether a locked console stays locked over a restart. */
  readonly keepLocked: (locked: boolean) => void;
  readonly onChange: (change: EventValue<'session'>['change']) => void;
  readonly log: Log;
  readonly now: () => number;
  /** Calls back after so many milliseconds, until the returned function is called. */
  readonly later: (milliseconds: number, work: () => void) => () => void;
}

/** Milliseconds before its end at which an access token is renewed. */
const early = 30_000;

/** The operator's session: tokens in main's memory, the refresh token in the keychain if asked, the lock, and its timer. */
export function createSession(collaborators: Collaborators): Session {
  const { api, keychain, keepRemembered, keepLocked, onChange, log, now, later } = collaborators;
  let held: Held | null = null;
  let locked = false;
  let renewing: Promise<Held> | null = null;
  let stopIdle: () => void = () => undefined;
  let keeping = Promise.resolve();

  const keep = ({ place, refresh }: Held): Promise<void> => {
    const kept = keeping.then(() => keychain.keep(place.keychainAccount, refresh));
    // The next one waits for this one, and fails or not by itself.
    keeping = kept.catch(() => undefined);
    return kept;
  };
  const take = (into: Held, tokens: SessionTokens): Held => {
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
    if (seconds !== undefined && !locked) stopIdle = later(seconds * 1000, lock);
  };
  const end = (change: 'expired' | 'signed-out') => {
    const ended = held;
    held = null;
    locked = false;
    stopIdle();
    keepLocked(false);
    keepRemembered(false);
    if (ended) void keychain.remove(ended.place.keychainAccount);
    onChange(change);
  };
  function lock(): void {
    if (held === null || locked) return;
    locked = true;
    stopIdle();
    // Nothing can be called before somebody has proved themselves.
    held.access = null;
    keepLocked(true);
    onChange('locked');
  }
  const open = (place: SessionPlace, tokens: SessionTokens, remembered: boolean): Held => {
    held = take(
      { place, remembered, refresh: new Secret(''), access: null, accessExpiresAt: 0, view: null },
      tokens,
    );
    locked = false;
    keepLocked(false);
    keepRemembered(remembered);
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
  const renew = (own: Held): Promise<Held> =>
    (renewing ??= api
      .call(own.place.base, refreshSession, { body: { refreshToken: own.refresh.expose() } })
      .then((tokens) => take(own, tokens), ended)
      .finally(() => {
        renewing = null;
      }));
  const usable = (): Held => {
    if (held === null) throw new ConsoleFailure('console.signed-out');
    if (locked) throw new ConsoleFailure('console.locked');
    return held;
  };
  const fresh = async (): Promise<Held> => {
    const own = usable();
    return own.access === null || own.accessExpiresAt - early <= now() ? renew(own) : own;
  };

  const proveBy: Session['proveBy'] = async (ask) => {
    const own = held;
    if (own === null) throw new ConsoleFailure('console.signed-out');
    const tokens = await ask(own.place.base, own.refresh).catch(ended);
    if (held !== own) throw new ConsoleFailure('console.signed-out');
    take(own, tokens);
    const wasLocked = locked;
    locked = false;
    keepLocked(false);
    watchIdle();
    if (wasLocked) onChange('unlocked');
    return tokens.session;
  };

  return {
    view: () => held?.view ?? null,
    locked: () => locked,

    async call(endpoint, input, options = {}) {
      const own = await fresh();
      const send = ({ place, access }: Held) =>
        api.call(place.base, endpoint, input, { ...options, ...(access && { accessToken: access }) });
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

    async follow(endpoint, signal) {
      const { place, access } = await fresh();
      return api
        .follow(place.base, endpoint, {}, { signal, ...(access && { accessToken: access }) })
        .catch((thrown: unknown) => {
          // Somebody may have been busy here without a call: the backend has locked the session before this console did.
          if (isFailure(thrown, 'session.idle-locked')) lock();
          throw thrown;
        });
    },

    async followLocked(signal) {
      // A token that is being exchanged would be the wrong one in a moment.
      // A renewal that fails is told to whoever asked for it, and ends the session by itself.
      await renewing?.catch(() => undefined);
      const own = held;
      if (own === null) throw new ConsoleFailure('console.signed-out');
      const body = { refreshToken: own.refresh.expose() };
      return api.follow(own.place.base, followLocked, { body }, { signal }).catch((thrown: unknown) => {
        if (held === own && isFailure(thrown, 'session.expired')) end('expired');
        throw thrown;
      });
    },

    async download(endpoint, input) {
      const { place, access } = await fresh();
      return api
        .download(place.base, endpoint, input, { ...(access && { accessToken: access }) })
        .catch(ended);
    },

    setUp: async (place, body) => {
      const tokens = await api.call(place.base, setUp, { body });
      return open(place, tokens, false).view ?? tokens.session;
    },

    async enter(place, tokens, remember) {
      let notRemembered: Entered['notRemembered'] = null;
      if (remember) {
        try {
          await keychain.keep(place.keychainAccount, new Secret(tokens.refreshToken));
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
      keepRemembered(refresh !== null);
      if (refresh === null) return 'none';
      const own: Held = { place, remembered: true, refresh, access: null, accessExpiresAt: 0, view: null };
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

    prove: (proof) =>
      proveBy((base, refresh) =>
        api.call(base, reauthenticate, { body: { refreshToken: refresh.expose(), ...proof } }),
      ),
    proveBy,

    async signOut() {
      const own = held;
      if (own === null) return;
      try {
        const { access } = locked ? own : await fresh();
        if (access) await api.call(own.place.base, signOut, {}, { accessToken: access });
      } catch (thrown) {
        log.warn('the server was not told of the sign-out', {
          code: isFailure(thrown) ? thrown.code : 'unexpected',
        });
      }
      if (held === own) end('signed-out');
    },

    drop: () => {
      held = null;
      locked = false;
      stopIdle();
    },
    activity: watchIdle,
    checkEnded: (sessionId) => {
      const own = held;
      if (own?.view?.id !== sessionId) return;
      // The answer to the renewal ends the session here; nobody else waits for it.
      void renew(own).catch(() => undefined);
    },
  };
}
