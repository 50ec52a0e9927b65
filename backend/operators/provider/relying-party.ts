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

/** Talks to the identity provider as its client. Everything that goes wrong there is a `provider.…` refusal. */
export interface RelyingParty {
  /** Milliseconds of the clock by which tokens are judged: the computer's own, since the library knows no other. */
  readonly clock: () => number;
  describe(
    provider: StoredProvider,
  ): Promise<{ issuer: string; authorizationEndpoint: string; pkce: boolean }>;
  authorizationUrl(provider: StoredProvider, asked: Asked & { codeChallenge: string }): Promise<string>;
  /** Exchanges the code and answers the claims, once state, issuer, nonce, signature and times are right. */
  claims(
    provider: StoredProvider,
    asked: Asked & { query: string; verifier: string },
  ): Promise<{ issuer: string; subject: string; claims: Claims }>;
}

/** Seconds that the provider may take for one answer. */
const timeoutSeconds = 10;
/** Milliseconds after which the provider's description is read again. */
const descriptionLife = 10 * 60_000;

/** By header where the provider says so or says nothing, else in the form. */
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
    const issuer = new URL(settings.issuer);
    const onThisComputer = issuer.protocol === 'http:' && isLoopbackHost(issuer.hostname);
    const configuration = await oidc
      .discovery(issuer, settings.clientId, undefined, secret === null ? oidc.None() : secretAuth(secret), {
        timeout: timeoutSeconds,
        // The signature is checked although the token came from the provider itself: one mistake less to rely on.
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
      // Some put groups into the user info alone; it is bound to the token by its subject.
      const more =
        configuration.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await oidc.fetchUserInfo(configuration, answer.access_token, token.sub).catch(refused);
      return { issuer: token.iss, subject: token.sub, claims: { ...more, ...token } };
    },
  };
}

function unavailable(thrown: unknown): never {
  throw new Refusal('provider.unavailable', { detail: wordsOf(thrown) });
}

function refused(thrown: unknown): never {
  const offline = thrown instanceof TypeError || (thrown instanceof Error && thrown.name === 'TimeoutError');
  const detail = isAboutAuthTime(thrown)
    ? 'The provider did not ask anew, or does not say when it did (auth_time).'
    : wordsOf(thrown);
  throw new Refusal(offline ? 'provider.unavailable' : 'provider.refused', { detail });
}

/** Whether what was wrong is when the provider asked, somewhere down the chain of causes. */
function isAboutAuthTime(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  if ('claim' in thrown && thrown.claim === 'auth_time') return true;
  // A claim that is missing has no name of its own in the error.
  if (thrown instanceof Error && thrown.message.includes('auth_time')) return true;
  return 'cause' in thrown && isAboutAuthTime(thrown.cause);
}

/** The library's and the provider's own words name no secret: codes and tokens are never in them. */
const wordsOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : 'The provider could not be asked.').slice(0, 300);
