import type { Readable } from 'node:stream';
import type { Endpoint, EndpointReply, EndpointInput } from '../../../shared/api/endpoint.ts';
import type { setUp, SessionTokens, SessionView } from '../../../shared/api/session.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { DownloadLimits } from '../../services/reset-api/reset-api.ts';
import type { CallOptions } from '../../services/reset-api/http-request.ts';

/** The server that a session belongs to, and the name of the session's entry in the keychain. */
export interface SessionServer {
  readonly baseUrl: string;
  readonly keychainAccount: string;
}

/** The result of a complete sign-in. */
export interface SignInResult {
  readonly session: SessionView;
  /** Why the session could not be remembered although the operator asked for it; null otherwise. */
  readonly notRemembered: 'keychain.missing' | 'keychain.locked' | 'keychain.failed' | null;
}

/** What an operator gives to be authenticated again. */
export type Proof = { readonly password: string } | { readonly code: string };

/** The operator's session in main. Calls throw `console.signed-out` or `console.locked` without a usable session. */
export interface Session {
  readonly view: () => SessionView | null;
  readonly isLocked: () => boolean;
  /** Throws `console.signed-out` or `console.locked`. */
  readonly assertUsable: () => void;
  /** Makes a call in the session. Renews the access token before it expires, and once more if the server refuses it. */
  readonly call: <E extends Endpoint>(
    endpoint: E,
    input: EndpointInput<E>,
    options?: Omit<CallOptions, 'accessToken'>,
  ) => Promise<EndpointReply<E>>;
  /** Opens an endpoint of server-sent events in the session. */
  readonly openEventStream: (endpoint: Endpoint, signal: AbortSignal) => Promise<Readable>;
  /** Opens the events for a locked console, which has no access token: authorized by the refresh token, which stays valid. */
  readonly openLockedEventStream: (signal: AbortSignal) => Promise<Readable>;
  /** Opens the file that an endpoint answers with. */
  readonly download: <E extends Endpoint>(
    endpoint: E,
    input: EndpointInput<E>,
    limits?: DownloadLimits,
  ) => Promise<Readable>;
  /** Creates the first administrator and opens their session. */
  readonly setUp: (
    server: SessionServer,
    person: EndpointInput<typeof setUp>['body'],
  ) => Promise<SessionView>;
  /** Opens the session of a complete sign-in, and stores its refresh token in the keychain if `remember` asks for it. */
  readonly open: (server: SessionServer, tokens: SessionTokens, remember: boolean) => Promise<SignInResult>;
  /** Opens the session that is remembered in the keychain, locked if `startsLocked`. `reading` is its entry, if that is being read already. */
  readonly restore: (
    server: SessionServer,
    startsLocked: boolean,
    reading?: Promise<Secret | null>,
  ) => Promise<'ready' | 'locked' | 'none'>;
  readonly lock: () => void;
  /** Authenticates the operator again, and unlocks. */
  readonly reauthenticate: (proof: Proof) => Promise<SessionView>;
  /** Like `reauthenticate`, with tokens that `requestTokens` gets in exchange for the refresh token. */
  readonly reauthenticateWith: (
    requestTokens: (baseUrl: string, refreshToken: Secret) => Promise<SessionTokens>,
  ) => Promise<SessionView>;
  readonly signOut: () => Promise<void>;
  /** Forgets the session without telling the server, for a change of server. */
  readonly discard: () => void;
  /** Restarts the idle timer. */
  readonly recordActivity: () => void;
  /** Asks the server whether this session has ended, as an event said, and ends it here if so. */
  readonly confirmEnded: (sessionId: string) => void;
}
