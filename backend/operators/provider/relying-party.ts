import * as oidc from 'openid-client';
import { isLoopbackHost } from '../../network/addresses.ts';
import { Refusal } from '../../refusal.ts';
import type { StoredProvider } from './provider-settings.ts';

export type Claims = Readonly<Record<string, unknown>>;

interface Asked {
  readonly redirectUri: string;
  readonly nonce: string;
  readonly state: string;
  readonly again: boolean;
  /** Milliseconds of {@link RelyingParty.clock}. */
  readonly askedAt: number;
}

/** The identity provider's client. All failures are `provider.…` refusals. */
export interface RelyingParty {
  /** The clock for checking tokens, in milliseconds: the computer's, because the library uses no other. */
  readonly clock: () => number;
  describe(
    provider: StoredProvider,
  ): Promise<{ issuer: string; authorizationEndpoint: string; pkce: boolean }>;
  authorizationUrl(provider: StoredProvider, asked: Asked & { codeChallenge: string }): Promise<string>;
  /** Exchanges the code and returns the claims, after checking state, issuer, nonce, signature and times. */
  claims(
    provider: StoredProvider,
    asked: Asked & { query: string; verifier: string },
  ): Promise<{ issuer: string; subject: string; claims: Claims }>;
}

/** Seconds to wait for an answer of the provider. */
const timeoutSeconds = 10;
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

export function createRelyingParty(now: () => number): RelyingParty {
  let known: { key: string; until: number; configuration: oidc.Configuration } | null = null;

  async function configure({ settings, secret }: StoredProvider): Promise<oidc.Configuration> {
    const key = JSON.stringify([settings.issuer, settings.clientId, secret]);
    if (known?.key === key && known.until > now()) return known.configuration;
    // The settings may hold anything while the provider is turned off.
    if (!URL.canParse(settings.issuer))
      throw new Refusal('provider.unavailable', { detail: 'The issuer is not a web address.' });
    const issuer = new URL(settings.issuer);
    const onThisComputer = issuer.protocol === 'http:' && isLoopbackHost(issuer.hostname);
    const configuration = await oidc
      .discovery(issuer, settings.clientId, undefined, secret === null ? oidc.None() : secretAuth(secret), {
        timeout: timeoutSeconds,
        // Checks the signature although the token comes directly from the provider.
        execute: [oidc.enableNonRepudiationChecks, ...(onThisComputer ? [oidc.allowInsecureRequests] : [])],
      })
      .catch(unavailable);
    known = { key, until: now() + descriptionLife, configuration };
    return configuration;
  }

  return {
    clock: Date.now,
    async describe(provider) {
      known = null;
      const metadata = (await configure(provider)).serverMetadata();
      return {
        issuer: metadata.issuer,
        authorizationEndpoint: metadata.authorization_endpoint ?? '',
        pkce: metadata.supportsPKCE(),
      };
    },

    async authorizationUrl(provider, { redirectUri, nonce, state, again, codeChallenge }) {
      const { scopes } = provider.settings;
      return oidc.buildAuthorizationUrl(await configure(provider), {
        redirect_uri: redirectUri,
        scope: scopes.split(/\s+/).includes('openid') ? scopes : `openid ${scopes}`.trim(),
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        nonce,
        state,
        ...(again && { prompt: 'login', max_age: '0' }),
      }).href;
    },

    async claims(provider, { redirectUri, query, nonce, state, again, askedAt, verifier }) {
      const configuration = await configure(provider);
      const answer = await oidc
        .authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
          expectedNonce: nonce,
          expectedState: state,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          // Not older than the asking. The library takes an age, allows clocks to differ by 30 seconds, and refuses who does not say when.
          ...(again && { maxAge: Math.ceil((Date.now() - askedAt) / 1000) }),
        })
        .catch(refused);
      const token = answer.claims();
      if (!token) throw new Refusal('provider.refused');
      // Some providers return groups only in the user info, which is bound to the token by its subject.
      const more =
        configuration.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await oidc.fetchUserInfo(configuration, answer.access_token, token.sub).catch(refused);
      return { issuer: token.iss, subject: token.sub, claims: { ...more, ...token } };
    },
  };
}

function unavailable(thrown: unknown): never {
  throw new Refusal('provider.unavailable', { detail: messageOf(thrown) });
}

function refused(thrown: unknown): never {
  const offline = thrown instanceof TypeError || (thrown instanceof Error && thrown.name === 'TimeoutError');
  const detail = isAboutAuthTime(thrown)
    ? 'The provider did not ask the user to sign in again, or its token has no auth_time.'
    : messageOf(thrown);
  throw new Refusal(offline ? 'provider.unavailable' : 'provider.refused', { detail });
}

/** Whether an error, or one of its causes, is about the claim auth_time. */
function isAboutAuthTime(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  if ('claim' in thrown && thrown.claim === 'auth_time') return true;
  // The error for a missing claim names it only in its message.
  if (thrown instanceof Error && thrown.message.includes('auth_time')) return true;
  return 'cause' in thrown && isAboutAuthTime(thrown.cause);
}

/** The message of an error. Messages of the library and the provider contain no codes or tokens. */
const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : 'The provider could not be reached.').slice(0, 300);
