import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { Refusal } from '../../refusal.ts';

/** The content of a valid logout token: the subject, the session at the provider, or both. */
export interface LogoutToken {
  readonly issuer: string;
  readonly subject: string | null;
  readonly sid: string | null;
  readonly id: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

interface Expected {
  readonly issuer: string;
  readonly clientId: string;
  /** Milliseconds. */
  readonly at: number;
  readonly readKeys: () => Promise<JSONWebKeySet>;
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
/** Signature algorithms that only the provider can use. With a shared secret, every holder of it could sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Seconds by which clocks may differ, and for which a token without `exp` is valid. */
const [tolerance, maxAge] = [30, 300];

const refuse = (detail: string): never => {
  throw new Refusal('provider.refused', { detail });
};
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Checks the claims by section 2.4 of the specification, except for signature, issuer, audience and times. */
function readClaims(claims: JWTPayload): Omit<LogoutToken, 'issuer'> {
  const { sub, sid, jti, events, exp = 0, iat = 0 } = claims;
  if (typeof events !== 'object' || events === null || Array.isArray(events) || !(logoutEvent in events))
    refuse('The token is not about a logout.');
  const about = (events as Readonly<Record<string, unknown>>)[logoutEvent];
  if (typeof about !== 'object' || about === null) refuse('The token is not about a logout.');
  // A token with a nonce would be an ID token, which an attacker may have seen.
  if ('nonce' in claims) refuse('The token has a nonce.');
  if (!isText(jti)) return refuse('The token has no id.');
  if (!isText(sub) && !isText(sid)) refuse('The token names neither a person nor a session.');
  const expires = exp === 0 ? iat + maxAge : exp;
  return {
    subject: isText(sub) ? sub : null,
    sid: isText(sid) ? sid : null,
    id: jti,
    expiresAt: (expires + tolerance) * 1000,
  };
}

/** Checks a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6); throws `provider.refused`. */
export async function readLogoutToken(
  token: string,
  { issuer, clientId, at, readKeys }: Expected,
): Promise<LogoutToken> {
  const wrong = (thrown: unknown): never =>
    refuse(`The logout token is not valid (${thrown instanceof Error ? thrown.message : 'unreadable'}).`);
  // Checked before the keys are fetched, so that a stranger cannot make the backend call the provider.
  let unchecked: JWTPayload;
  try {
    unchecked = decodeJwt(token);
  } catch (thrown) {
    return wrong(thrown);
  }
  if (unchecked.iss !== issuer || ![unchecked.aud].flat().includes(clientId))
    refuse('The logout token is for another client or from another provider.');
  const keys = await readKeys();
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer,
    audience: clientId,
    algorithms,
    currentDate: new Date(at),
    clockTolerance: tolerance,
    maxTokenAge: maxAge,
    requiredClaims: ['iat', 'jti', 'events'],
  }).catch(wrong);
  const { typ = 'logout+jwt' } = protectedHeader;
  if (!['logout+jwt', 'jwt'].includes(typ.toLowerCase().replace(/^application\//, '')))
    refuse('The token has another type.');
  return { issuer, ...readClaims(payload) };
}
