import { followLocked } from '../../../shared/api/live.ts';
import { refreshSession } from '../../../shared/api/session.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import type { Session } from './session.ts';
import type { HeldSession, SessionState } from './session-state.ts';

/** Milliseconds before its end at which an access token is renewed. */
const renewBeforeMs = 30_000;

export interface SessionCalls extends Pick<
  Session,
  'call' | 'openEventStream' | 'openLockedEventStream' | 'download'
> {
  /** Exchanges the refresh token for new tokens; calls at the same time share one exchange. Ends the session if it is refused. */
  readonly renew: (held: HeldSession) => Promise<HeldSession>;
  /** The session with an access token that is not about to expire. Throws `console.signed-out` or `console.locked`. */
  readonly withFreshToken: () => Promise<HeldSession>;
  /** Ends or locks the session if the server reports so, and throws the failure for the page. */
  readonly applyFailure: (thrown: unknown) => never;
}

const tokenOf = ({ accessToken }: HeldSession) => (accessToken === null ? {} : { accessToken });

/** The calls that are made in the session, and the renewal of its access token. */
export function createSessionCalls({
  api,
  state,
  now,
}: {
  readonly api: ResetApi;
  readonly state: SessionState;
  readonly now: () => number;
}): SessionCalls {
  let renewal: Promise<HeldSession> | null = null;

  const applyFailure = (thrown: unknown): never => {
    if (isFailure(thrown, 'session.expired', 'session.missing')) {
      state.end('expired');
      throw new ConsoleFailure('session.expired');
    }
    if (isFailure(thrown, 'session.idle-locked')) {
      state.lock();
      throw new ConsoleFailure('console.locked');
    }
    throw thrown;
  };
  const renew = (held: HeldSession): Promise<HeldSession> =>
    (renewal ??= api
      .call(held.server.baseUrl, refreshSession, { body: { refreshToken: held.refreshToken.expose() } })
      .then((tokens) => {
        state.replaceTokens(held, tokens);
        return held;
      }, applyFailure)
      .finally(() => {
        renewal = null;
      }));
  const withFreshToken = async (): Promise<HeldSession> => {
    const held = state.usable();
    const isFresh = held.accessToken !== null && held.accessExpiresAt - renewBeforeMs > now();
    return isFresh ? held : renew(held);
  };

  return {
    renew,
    withFreshToken,
    applyFailure,

    async call(endpoint, input, options = {}) {
      const held = await withFreshToken();
      const send = (session: HeldSession) =>
        api.call(session.server.baseUrl, endpoint, input, { ...options, ...tokenOf(session) });
      try {
        return await send(held);
      } catch (thrown) {
        // A stream can be sent only once. Any other call that is refused for its token is sent again with a new one.
        if (
          isFailure(thrown, 'session.expired', 'session.missing') &&
          endpoint.stream !== true &&
          state.held() === held
        ) {
          return send(await renew(held)).catch(applyFailure);
        }
        return applyFailure(thrown);
      }
    },

    async openEventStream(endpoint, signal) {
      const held = await withFreshToken();
      return api
        .openEventStream(held.server.baseUrl, endpoint, {}, { signal, ...tokenOf(held) })
        .catch((thrown: unknown) => {
          // Activity without a call restarts the idle timer here but not the backend's, which may lock first.
          if (isFailure(thrown, 'session.idle-locked')) state.lock();
          throw thrown;
        });
    },

    async openLockedEventStream(signal) {
      // A renewal under way replaces the refresh token. Its failure is reported to its own caller.
      await renewal?.catch(() => undefined);
      const held = state.held();
      if (held === null) throw new ConsoleFailure('console.signed-out');
      const body = { refreshToken: held.refreshToken.expose() };
      return api
        .openEventStream(held.server.baseUrl, followLocked, { body }, { signal })
        .catch((thrown: unknown) => {
          if (state.held() === held && isFailure(thrown, 'session.expired')) state.end('expired');
          throw thrown;
        });
    },

    async download(endpoint, input, limits = {}) {
      const held = await withFreshToken();
      return api
        .download(held.server.baseUrl, endpoint, input, { ...limits, ...tokenOf(held) })
        .catch(applyFailure);
    },
  };
}
