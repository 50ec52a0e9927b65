import type { JSONWebKeySet } from 'jose';
import * as oidc from 'openid-client';
import type { Secret } from '../../../shared/secret/secret.ts';
import { isLoopbackHost } from '../../network/addresses.ts';
import { Refusal } from '../../refusal.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import { readLogoutToken, type LogoutToken } from './logout-token.ts';
import { claimAt } from './read-claims.ts';
import {
  isUnexpectedStatus,
  isUnreachable,
  namedIssuer,
  oauthErrorOf,
  providerFailure,
} from './provider-failure.ts';
import type { StoredProvider } from './provider-settings.ts';

export type Claims = Readonly<Record<string, unknown>>;

interface Asked {
  readonly redirectUri: string;
  readonly nonce: Secret;
  readonly state: Secret;
  readonly again: boolean;
  /** Milliseconds of {@link RelyingParty.clock}. */
  readonly askedAt: number;
}

/** Whether the provider accepts the client ID and its secret; `unknown` where it does not say before a real sign-in. */
export type ClientState = 'accepted' | 'unknown';

/** The identity provider's client. All failures are `provider.…` refusals. */
export interface RelyingParty {
  /** The clock for checking tokens, in milliseconds. It is the computer's clock, because the library uses no other. */
  readonly clock: () => number;
  describe(
    provider: StoredProvider,
  ): Promise<{ issuer: string; authorizationEndpoint: string; pkce: boolean; client: ClientState }>;
  authorizationUrl(provider: StoredProvider, asked: Asked & { codeChallenge: string }): Promise<string>;
  /** Exchanges the code and returns the claims, after checking state, issuer, nonce, signature and times. */
  claims(
    provider: StoredProvider,
    asked: Asked & { query: string; verifier: string },
  ): Promise<{ issuer: string; subject: string; claims: Claims }>;
  /** Checks a logout token with the provider's current keys. */
  readLogoutToken(provider: StoredProvider, token: string): Promise<LogoutToken>;
}

/** Milliseconds for one exchange with the provider. */
const timeoutMs = 10_000;
/** Bytes of an answer; providers with thousands of groups in a token stay below. */
const maxBytes = 2 * 1024 * 1024;
/** Seconds by which the clocks of provider and server may differ. A fresh proof allows the library's 30, since its age matters. */
const clockToleranceSeconds = 90;
const proofToleranceSeconds = 30;
/** Milliseconds after which the provider's description is read again. */
const descriptionLife = 10 * 60_000;

/** Sends the secret in the header, unless the provider supports only the form. */
const secretAuth = (secret: string): oidc.ClientAuth => {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const way = methods === undefined || methods.includes('client_secret_basic') ? basic : post;
    way(server, client, body, headers);
  };
};

/** Reads the provider's description, and again once it is {@link descriptionLife} old or the settings have changed. */
function createDiscovery(http: HttpClient, now: () => number) {
  let known: { key: string; until: number; configuration: oidc.Configuration } | null = null;

  const fetchFrom: oidc.CustomFetch = (url, options) => http.fetch(url, options, { timeoutMs, maxBytes });

  async function discover({ settings, secret }: StoredProvider): Promise<oidc.Configuration> {
    const key = JSON.stringify([settings.issuer, settings.clientId, secret]);
    if (known?.key === key && known.until > now()) return known.configuration;
    // The settings may hold anything while the provider is turned off.
    if (!URL.canParse(settings.issuer))
      throw new Refusal('provider.unavailable', { detail: 'The issuer is not a web address.' });
    const issuer = new URL(settings.issuer);
    const read = (from: URL) =>
      oidc.discovery(from, settings.clientId, undefined, authOf(secret), {
        [oidc.customFetch]: fetchFrom,
        execute: isPlain(settings.issuer) ? [oidc.allowInsecureRequests] : [],
      });
    const configuration = await read(issuer)
      .catch((thrown: unknown) => {
        const named = namedIssuer(thrown);
        // Only a trailing slash is another notation of the same issuer.
        if (named === null || withoutSlash(named) !== withoutSlash(settings.issuer)) throw thrown;
        return read(new URL(named));
      })
      .catch((thrown: unknown) => {
        throw new Refusal('provider.unavailable', { detail: providerFailure(thrown, settings.issuer) });
      });
    known = { key, until: now() + descriptionLife, configuration };
    return configuration;
  }
  const forget = () => {
    known = null;
  };
  return { discover, forget, fetchFrom };
}

export function createRelyingParty(http: HttpClient, now: () => number): RelyingParty {
  const { discover, forget, fetchFrom } = createDiscovery(http, now);

  /** Creates a configuration without cached signing keys, so that a key that the provider has just changed is accepted at once. */
  async function configure(
    provider: StoredProvider,
    toleranceSeconds = clockToleranceSeconds,
  ): Promise<oidc.Configuration> {
    const { settings, secret } = provider;
    const described = (await discover(provider)).serverMetadata();
    const configuration = new oidc.Configuration(
      described,
      settings.clientId,
      { [oidc.clockTolerance]: toleranceSeconds },
      authOf(secret),
    );
    configuration[oidc.customFetch] = fetchFrom;
    // Checks the signature although the token comes directly from the provider.
    oidc.enableNonRepudiationChecks(configuration);
    if (isPlain(settings.issuer)) oidc.allowInsecureRequests(configuration);
    return configuration;
  }

  /** Presents the client with a code that no provider has issued: it must refuse the code, not the client. */
  async function tryClient(provider: StoredProvider): Promise<ClientState> {
    try {
      await oidc.genericGrantRequest(await configure(provider), 'authorization_code', {
        code: 'a-test-of-reset-desk',
        redirect_uri: 'http://127.0.0.1/callback',
        code_verifier: oidc.randomPKCECodeVerifier(),
      });
      return 'unknown';
    } catch (thrown) {
      const error = oauthErrorOf(thrown)?.code;
      if (error === 'invalid_grant') return 'accepted';
      if (error !== 'invalid_client' && error !== 'unauthorized_client') return 'unknown';
      throw new Refusal('provider.unavailable', {
        detail: providerFailure(thrown, provider.settings.issuer),
      });
    }
  }

  return {
    clock: Date.now,
    async describe(provider) {
      forget();
      const metadata = (await discover(provider)).serverMetadata();
      return {
        issuer: metadata.issuer,
        authorizationEndpoint: metadata.authorization_endpoint ?? '',
        pkce: metadata.supportsPKCE(),
        client: await tryClient(provider),
      };
    },

    async authorizationUrl(provider, { redirectUri, nonce, state, again, codeChallenge }) {
      const { scopes } = provider.settings;
      return oidc.buildAuthorizationUrl(await configure(provider), {
        redirect_uri: redirectUri,
        scope: scopes.split(/\s+/).includes('openid') ? scopes : `openid ${scopes}`.trim(),
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        nonce: nonce.expose(),
        state: state.expose(),
        ...(again && { prompt: 'login', max_age: '0' }),
      }).href;
    },

    async claims(provider, { redirectUri, query, nonce, state, again, askedAt, verifier }) {
      const configuration = await configure(provider, again ? proofToleranceSeconds : clockToleranceSeconds);
      const answer = await oidc
        .authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
          expectedNonce: nonce.expose(),
          expectedState: state.expose(),
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          // Not older than the request. The library takes an age, allows clocks to differ by 30 seconds, and refuses a token without the time.
          ...(again && { maxAge: Math.ceil((Date.now() - askedAt) / 1000) }),
        })
        .catch(refused(provider.settings.issuer));
      const token = answer.claims();
      if (!token) throw new Refusal('provider.refused');
      // Some providers return groups only in the user info, which is bound to the token by its subject.
      const more =
        configuration.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await oidc
              .fetchUserInfo(configuration, answer.access_token, token.sub)
              .catch(withoutUserInfo(provider.settings, token));
      return { issuer: token.iss, subject: token.sub, claims: { ...more, ...token } };
    },

    async readLogoutToken(provider, token) {
      const { clientId, issuer: configured } = provider.settings;
      const { issuer, jwks_uri: jwks } = (await discover(provider)).serverMetadata();
      const readKeys = async () => {
        if (jwks === undefined) throw new Refusal('provider.unavailable');
        const answer = await http.fetch(jwks, {}, { timeoutMs, maxBytes }).catch(refused(configured));
        return (await answer.json()) as JSONWebKeySet;
      };
      return readLogoutToken(token, { issuer, clientId, at: Date.now(), readKeys });
    },
  };
}

const refused =
  (issuer: string) =>
  (thrown: unknown): never => {
    const detail = providerFailure(thrown, issuer);
    throw new Refusal(isUnreachable(thrown) ? 'provider.unavailable' : 'provider.refused', { detail });
  };

/**
 * Continues without the user info if the provider refuses it and the ID token has what the settings require. An answer about another person is
 * refused.
 */
const withoutUserInfo =
  (settings: StoredProvider['settings'], token: Claims) =>
  (thrown: unknown): Claims => {
    const isRefused =
      thrown instanceof oidc.WWWAuthenticateChallengeError ||
      thrown instanceof oidc.ResponseBodyError ||
      isUnexpectedStatus(thrown);
    const hasRoles = settings.rolesClaim === '' || claimAt(token, settings.rolesClaim) !== undefined;
    return isRefused && hasRoles ? {} : refused(settings.issuer)(thrown);
  };

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

const authOf = (secret: string | null) => (secret === null ? oidc.None() : secretAuth(secret));

/** Whether the issuer is on this computer and without TLS. */
const isPlain = (issuer: string): boolean => {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && isLoopbackHost(hostname);
};
