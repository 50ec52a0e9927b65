import * as oidc from 'openid-client';
import { connectionFailure } from '../../outbound/connection-failure.ts';

interface Described {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** The error and its causes, from the outside in. */
const chainOf = (thrown: unknown): readonly Described[] => {
  const chain: Described[] = [];
  for (
    let at = thrown;
    typeof at === 'object' && at !== null && chain.length < 5;
    at = (at as Described).cause
  )
    chain.push(at);
  return chain;
};

/** What the provider's own error codes (RFC 6749, section 5.2) mean for an administrator. */
const meanings: Readonly<Record<string, string>> = {
  invalid_client: 'The provider does not accept the client ID or its secret',
  unauthorized_client: 'The provider does not allow this client to sign users in with a code',
  invalid_scope: 'The provider does not know one of the scopes',
  access_denied: 'The user or the provider cancelled the sign-in',
  login_required: 'The provider did not ask the user to sign in',
};

const isAboutAuthTime = (chain: readonly Described[]): boolean =>
  chain.some(
    (error) =>
      ('claim' in error && error.claim === 'auth_time') ||
      // The error for a missing claim names it only in its message.
      (typeof error.message === 'string' && error.message.includes('auth_time')),
  );

/** The provider's own error code, from the body of its answer, the redirect, or the challenge with which it refuses a client. */
export function oauthErrorOf(
  thrown: unknown,
): { readonly code: string; readonly description: string | undefined } | null {
  if (thrown instanceof oidc.ResponseBodyError || thrown instanceof oidc.AuthorizationResponseError)
    return { code: thrown.error, description: thrown.error_description };
  if (thrown instanceof oidc.WWWAuthenticateChallengeError) {
    const { error, error_description: description } = thrown.cause[0]?.parameters ?? {};
    return { code: error ?? 'invalid_client', description };
  }
  return null;
}

/** The issuer that the provider's description names instead of the expected one; null if that is not what failed. */
export function namedIssuer(thrown: unknown): string | null {
  for (const { cause } of chainOf(thrown)) {
    if (typeof cause !== 'object' || cause === null || !('attribute' in cause) || !('body' in cause))
      continue;
    const { attribute, body } = cause;
    if (attribute !== 'issuer' || typeof body !== 'object' || body === null || !('issuer' in body)) continue;
    return typeof body.issuer === 'string' ? body.issuer : null;
  }
  return null;
}

/** Whether the provider answered with an HTTP status that the protocol does not define. */
export const isUnexpectedStatus = (thrown: unknown): boolean =>
  chainOf(thrown).some(
    ({ message }) => typeof message === 'string' && /unexpected HTTP (response )?status code/.test(message),
  );

/** The difference of the clocks in seconds, if a time in the token failed; null if something else failed. */
function clockDifference(thrown: unknown): { readonly seconds: number; readonly claim: string } | null {
  for (const { cause } of chainOf(thrown)) {
    if (typeof cause !== 'object' || cause === null) continue;
    const { claims, now, claim } = cause as { claims?: unknown; now?: unknown; claim?: unknown };
    if (typeof claim !== 'string' || typeof now !== 'number') continue;
    const at = (claims as Readonly<Record<string, unknown>> | undefined)?.[claim];
    if (typeof at === 'number') return { seconds: Math.round(Math.abs(at - now)), claim };
  }
  return null;
}

/** A text from the provider on one line, without control characters. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();

/** Why the provider or its answer failed, as sentences for operators and administrators, at most 300 characters. Contains no codes or tokens. */
export function providerFailure(thrown: unknown, issuer: string): string {
  const chain = chainOf(thrown);
  if (isAboutAuthTime(chain))
    return 'The provider did not ask the user to sign in again, or its token has no auth_time.';
  const error = oauthErrorOf(thrown);
  if (error !== null) {
    const { code, description } = error;
    const meaning = meanings[code] ?? 'The provider refused';
    return oneLine(`${meaning} (${code}${description === undefined ? '' : `: ${description}`}).`).slice(
      0,
      300,
    );
  }
  const clocks = clockDifference(thrown);
  if (clocks !== null)
    return `According to “${clocks.claim}” in the token, the clocks of this server and of the provider differ by ${clocks.seconds} seconds. Correct the wrong clock.`;
  const named = namedIssuer(thrown);
  if (named !== null)
    return oneLine(
      `The provider answers, but its issuer is “${named}” and the settings have “${issuer}”. Enter the issuer exactly as the provider gives it, including the tenant or realm.`,
    ).slice(0, 300);
  const connection = connectionFailure(thrown);
  if (connection !== undefined) return connection;
  const text = chain.map(({ message }) => (typeof message === 'string' ? message : '')).join(' / ');
  if (/unexpected HTTP (response )?status code/.test(text)) {
    const status = chain
      .map(({ cause }) => (cause instanceof Response ? cause.status : undefined))
      .find((value) => value !== undefined);
    return `No OpenID configuration was found below ${issuer}${status === undefined ? '' : ` (HTTP ${status})`}. Check the issuer’s address, including the realm or tenant.`.slice(
      0,
      300,
    );
  }
  if (/issuer/.test(text) && /match|expected/.test(text))
    return 'The provider has another address as its issuer. Enter it exactly as the provider gives it, with or without a trailing slash.';
  if (/content-type|parse|JSON/.test(text))
    return `The server at ${issuer} is not an OpenID provider. Check the issuer’s address.`.slice(0, 300);
  if (/unsupported operation|alg/.test(text))
    return 'The provider signs its tokens in a way that is not supported. Choose RS256, PS256 or ES256 for this client.';
  if (/no applicable keys/.test(text))
    return 'The provider signed with a key that it does not publish. Try again in a minute.';
  return (text === '' ? 'The provider could not be reached.' : text).slice(0, 300);
}

/** Whether the provider could not be reached, rather than refusing. */
export const isUnreachable = (thrown: unknown): boolean =>
  connectionFailure(thrown) !== undefined ||
  thrown instanceof TypeError ||
  (thrown instanceof Error && thrown.name === 'TimeoutError');
