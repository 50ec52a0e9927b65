import { DirectoryFault } from '../external/directory-fault.ts';
import { faultOfStatus } from '../external/http-faults.ts';
import { fieldsOf, textOf, type Fields } from '../external/json-fields.ts';
import type { Answer } from './keycloak-client.ts';

/** Milliseconds before a token's end at which a new one is requested. */
const earlyMs = 20_000;
/** Milliseconds without another sign-in after Keycloak refused the client. */
const refusedMs = 30_000;

interface Token {
  readonly text: string;
  /** Milliseconds. */
  readonly until: number;
  /** The roles for managing the realm. */
  readonly roles: readonly string[];
}

/** The token of the client's service account, requested when it is needed. */
export function createServiceToken({
  askToken,
  server,
  now,
}: {
  readonly askToken: (fields: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly server: string;
  readonly now: () => number;
}) {
  let token: Token | null = null;
  let clockAhead: number | null = null;
  let refusal: { readonly fault: DirectoryFault; readonly until: number } | null = null;

  /** Signs in anew. Throws `service-account-wrong`, or the fault of the sign-in's status. */
  async function signIn(): Promise<Token> {
    const { status, json } = await askToken({ grant_type: 'client_credentials' });
    const fields = fieldsOf(json);
    const text = textOf(fields['access_token']);
    if (status !== 200 || text === null) {
      const error = textOf(fields['error']) ?? '';
      const isRefused = status === 401 || (status === 400 && /client/.test(error));
      const fault = isRefused
        ? new DirectoryFault('service-account-wrong', {
            server,
            serverCode: String(status),
            // The client exists but has no service account.
            detail: error === 'unauthorized_client' ? 'disabled' : 'wrong-password',
          })
        : status === 404
          ? new DirectoryFault('realm-unknown', { server, serverCode: '404' })
          : faultOfStatus(status, null, { server });
      if (isRefused) refusal = { fault, until: now() + refusedMs };
      throw fault;
    }
    refusal = null;
    const claims = claimsOf(text);
    const issuedAt = claims['iat'];
    if (typeof issuedAt === 'number') clockAhead = issuedAt * 1000 - now();
    token = {
      text,
      until: now() + Number(fields['expires_in'] ?? 60) * 1000 - earlyMs,
      roles: rolesOf(claims),
    };
    return token;
  }

  return {
    signIn,
    /** The current token, or a new one if it has ended. */
    current: async (): Promise<Token> => {
      if (refusal !== null && refusal.until > now()) throw refusal.fault;
      return token !== null && token.until > now() ? token : signIn();
    },
    forget: () => {
      token = null;
    },
    /** Milliseconds by which Keycloak's clock was ahead when it issued the last token; null before the first. */
    clockAhead: () => clockAhead,
  };
}

/** The claims in a token's text. The token is not verified, because the claims are only reported. */
function claimsOf(token: string): Fields {
  try {
    const [, payload = ''] = token.split('.');
    return fieldsOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}

/** The roles for managing the realm in a token's claims. */
function rolesOf(claims: Fields): readonly string[] {
  const { roles } = fieldsOf(fieldsOf(claims['resource_access'])['realm-management']);
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}
