import type { SessionTokens, SessionView } from '../../../shared/api/session.ts';
import type { EventValue } from '../../../shared/bridge/contract.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import type { SetTimer } from '../../services/timers/timers.ts';
import type { SessionServer } from './session.ts';

/** An open session with its tokens. */
export interface HeldSession {
  readonly server: SessionServer;
  /** The refresh token is in the keychain as well, for the next start. */
  readonly isRemembered: boolean;
  refreshToken: Secret;
  /** Null while the console is locked and before the first renewal. */
  accessToken: Secret | null;
  /** In milliseconds by this computer's clock. */
  accessExpiresAt: number;
  view: SessionView | null;
}

export interface SessionStateOptions {
  readonly keychain: Keychain;
  /** Notes in the settings whether the keychain has the session's token, for the next start. */
  readonly persistRemembered: (isRemembered: boolean) => void;
  /** Notes in the settings, before it becomes so, that an entry of the keychain may hold an older token than the session's. */
  readonly persistStale: (keychainAccount: string, isStale: boolean) => void;
  /** The keychain, which took the session's token before, has refused the next one. Called once until it takes one again. */
  readonly onNotKept: () => void;
  /** Notes in the settings that a locked console stays locked over a restart. */
  readonly persistLocked: (isLocked: boolean) => void;
  readonly onChange: (change: EventValue<'session'>['change']) => void;
  /** Idle seconds after which the console locks at the latest; null where only the server decides. */
  readonly maxIdleSeconds: number | null;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** The session that main holds, its lock and its idle timer. Makes no call to the server. */
export interface SessionState {
  readonly held: () => HeldSession | null;
  readonly isLocked: () => boolean;
  /** The session, for a call. Throws `console.signed-out` or `console.locked`. */
  readonly usable: () => HeldSession;
  /** Holds a session that was opened by a sign-in, unlocked. */
  readonly open: (server: SessionServer, tokens: SessionTokens, isRemembered: boolean) => HeldSession;
  /** Holds a session of which only the refresh token from the keychain is known. */
  readonly restore: (server: SessionServer, refreshToken: Secret, isLocked: boolean) => HeldSession;
  /** Replaces the tokens of a session; a remembered one's go to the keychain, too. */
  readonly replaceTokens: (held: HeldSession, tokens: SessionTokens) => void;
  readonly lock: () => void;
  readonly unlock: () => void;
  /** Removes the session from memory, settings and keychain, and reports why. */
  readonly end: (change: 'expired' | 'signed-out') => void;
  /** Removes the session from memory alone. */
  readonly discard: () => void;
  readonly restartIdleTimer: () => void;
}

/** Milliseconds until a token that the keychain refused is offered again, for example after the user has unlocked it. */
const retryStoreMs = 60_000;

/** A session without an access token, which the first call renews. */
const newSession = (server: SessionServer, refreshToken: Secret, isRemembered: boolean): HeldSession => ({
  server,
  isRemembered,
  refreshToken,
  accessToken: null,
  accessExpiresAt: 0,
  view: null,
});

export function createSessionState(options: SessionStateOptions): SessionState {
  const { keychain, persistRemembered, persistStale, onNotKept, persistLocked } = options;
  const { onChange, maxIdleSeconds, now, setTimer } = options;
  let held: HeldSession | null = null;
  let isLocked = false;
  let cancelIdleTimer: () => void = () => undefined;
  let lastStore = Promise.resolve();
  let pendingStores = 0;
  let hasToldNotKept = false;
  let cancelRetry: () => void = () => undefined;

  const storeInKeychain = (session: HeldSession): void => {
    // Comes first: a console that ends before the new token is stored must not send the old one at its next start, which the server takes for theft.
    persistStale(session.server.keychainAccount, true);
    // In order, so that the newest token stays.
    pendingStores += 1;
    lastStore = lastStore
      .then(async () => {
        // The session has ended, or a later store has the newest token.
        if (held !== session) return;
        await keychain.store(session.server.keychainAccount, session.refreshToken);
        hasToldNotKept = false;
        if (held === session && pendingStores === 1) persistStale(session.server.keychainAccount, false);
      })
      .catch(() => {
        if (held !== session) return;
        if (!hasToldNotKept) onNotKept();
        hasToldNotKept = true;
        cancelRetry();
        cancelRetry = setTimer(retryStoreMs, () => {
          if (held === session) storeInKeychain(session);
        });
      })
      .finally(() => {
        pendingStores -= 1;
      });
  };
  const replaceTokens = (session: HeldSession, tokens: SessionTokens): void => {
    session.refreshToken = new Secret(tokens.refreshToken);
    session.accessToken = new Secret(tokens.accessToken);
    session.accessExpiresAt =
      Date.parse(tokens.accessExpiresAt) - Date.parse(tokens.session.serverTime) + now();
    session.view = tokens.session;
    if (session.isRemembered) storeInKeychain(session);
  };
  const lock = (): void => {
    if (held === null || isLocked) return;
    isLocked = true;
    cancelIdleTimer();
    held.accessToken = null;
    persistLocked(true);
    onChange('locked');
  };
  const restartIdleTimer = (): void => {
    cancelIdleTimer();
    const ofServer = held?.view?.idleLockSeconds;
    if (ofServer === undefined || isLocked) return;
    const seconds = Math.min(ofServer, maxIdleSeconds ?? ofServer);
    cancelIdleTimer = setTimer(seconds * 1000, lock);
  };
  const discard = (): void => {
    held = null;
    isLocked = false;
    cancelIdleTimer();
    cancelRetry();
  };

  return {
    held: () => held,
    isLocked: () => isLocked,
    usable: () => {
      if (held === null) throw new ConsoleFailure('console.signed-out');
      if (isLocked) throw new ConsoleFailure('console.locked');
      return held;
    },
    open: (server, tokens, isRemembered) => {
      const opened = newSession(server, new Secret(tokens.refreshToken), isRemembered);
      replaceTokens(opened, tokens);
      held = opened;
      isLocked = false;
      persistLocked(false);
      persistRemembered(isRemembered);
      // If the entry could not be removed, its token belongs to an earlier session.
      persistStale(server.keychainAccount, !isRemembered);
      restartIdleTimer();
      return opened;
    },
    restore: (server, refreshToken, startsLocked) => {
      held = newSession(server, refreshToken, true);
      isLocked = startsLocked;
      return held;
    },
    replaceTokens,
    lock,
    unlock: () => {
      const wasLocked = isLocked;
      isLocked = false;
      persistLocked(false);
      restartIdleTimer();
      if (wasLocked) onChange('unlocked');
    },
    end: (change) => {
      const ended = held;
      discard();
      persistLocked(false);
      persistRemembered(false);
      if (ended === null) return onChange(change);
      const remove = () => keychain.remove(ended.server.keychainAccount);
      void remove();
      // Removes the entry again after a token that is still being stored.
      if (pendingStores > 0) lastStore = lastStore.then(remove);
      onChange(change);
    },
    discard,
    restartIdleTimer,
  };
}
