import type { Readable } from 'node:stream';
import type { Endpoint, EndpointAnswer, EndpointInput } from '../../../shared/api/endpoint.ts';
import type { setUp, SessionTokens, SessionView } from '../../../shared/api/session.ts';
import type { CallOptions } from '../../services/reset-api/http-request.ts';
import type { Secret } from '../../../shared/secret/secret.ts';

/** Where the session lives: its server, and the name of its entry in the keychain. */
export interface SessionServer {
  readonly baseUrl: string;
  readonly keychainAccount: string;
}

/** What a sign-in ends with; why it was not remembered although asked to be, else null. */
export interface SignInResult {
  readonly session: SessionView;
  readonly notRemembered: 'keychain.missing' | 'keychain.locked' | 'keychain.failed' | null;
}

/** How an operator proves themselves once more. */
export type Proof = { readonly password: string } | { readonly code: string };

export interface Session {
  readonly view: () => SessionView | null;
  readonly isLocked: () => boolean;
  /** Makes a call in the session: renews the access token when it is due, and once when the backend says so. */
  readonly call: <E extends Endpoint>(
    endpoint: E,
    input: EndpointInput<E>,
    options?: Omit<CallOptions, 'accessToken'>,
  ) => Promise<EndpointAnswer<E>>;
  /** Opens an endpoint of server-sent events in the session. */
  readonly openEventStream: (endpoint: Endpoint, signal: AbortSignal) => Promise<Readable>;
  /** The same while the console is locked, when there is no access token: by the refresh token, which stays as it is. */
  readonly openLockedEventStream: (signal: AbortSignal) => Promise<Readable>;
  /** Opens the file that an endpoint answers with. */
  readonly download: <E extends Endpoint>(endpoint: E, input: EndpointInput<E>) => Promise<Readable>;
  readonly setUp: (place: SessionServer, person: EndpointInput<typeof setUp>['body']) => Promise<SessionView>;
  /** Takes up a session that a sign-in has opened, and remembers it if asked and possible. */
  readonly open: (place: SessionServer, tokens: SessionTokens, remember: boolean) => Promise<SignInResult>;
  /** Takes up a remembered session; `locked` when its operator must prove themselves first. */
  readonly restore: (place: SessionServer, startLocked: boolean) => Promise<'ready' | 'locked' | 'none'>;
  readonly lock: () => void;
  /** Proves the operator again, and unlocks. */
  readonly reauthenticate: (proof: Proof) => Promise<SessionView>;
  /** The same by whatever gets tokens for the refresh token that it is given. */
  readonly reauthenticateWith: (
    requestTokens: (baseUrl: string, refresh: Secret) => Promise<SessionTokens>,
  ) => Promise<SessionView>;
  readonly signOut: () => Promise<void>;
  /** Forgets the session without a word to the server, such as when the server is changed. */
  readonly discard: () => void;
  readonly recordActivity: () => void;
  /** The backend says that this session was ended: asks, and leaves if it is true. */
  readonly confirmEnded: (sessionId: string) => void;
}
