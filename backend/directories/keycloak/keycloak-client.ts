import { connectionFailure, certificateFailure } from '../../outbound/connection-failure.ts';
import { createHttpClient, type OutboundAnswer } from '../../outbound/http-client.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, explained, type DirectoryRight } from '../external/directory-fault.ts';

export interface KeycloakCollaborators {
  readonly trust: ReadTrust;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds for one request; 10,000 by default. */
  readonly requestMs?: number;
}

export interface Answer {
  readonly status: number;
  /** The parsed body; undefined where it is empty or no JSON. */
  readonly json: unknown;
}

export interface SignIn {
  /** Null where it succeeded. */
  readonly error: string | null;
  readonly description: string;
  readonly refreshToken: string | null;
}

/** Keycloak's administration and token endpoints, signed in as the client's service account. */
export interface KeycloakClient {
  /** As `host:port`. */
  readonly server: string;
  /** Below `/admin/realms/{realm}`. Throws unless the status is 2xx or 404; `right` is what 403 means. */
  get(path: string, right: DirectoryRight, signal?: AbortSignal): Promise<Answer>;
  /** A write: what is not known to have failed is `outcome-unknown`. Answers every status but 403 and 5xx. */
  write(
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body: unknown,
    right: DirectoryRight,
  ): Promise<Answer>;
  /** The realm's public description, without a sign-in. */
  realm(): Promise<Answer>;
  /** Signs the service account in anew and answers the roles of its token. */
  signInAnew(): Promise<readonly string[]>;
  /** Tries a user's password by the client's direct access grant, and ends the session that it made. */
  tryPassword(userName: string, password: Secret): Promise<SignIn>;
  close(): void;
}

const maxBytes = 32 * 1024 * 1024;
/** Milliseconds before a token's end at which another is asked for. */
const earlyMs = 20_000;
/** Milliseconds without another sign-in after the client was refused. */
const refusedMs = 30_000;

/** Codes of a connection that was never made: nothing was sent. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function codeOf(thrown: unknown): string {
  for (let at = thrown, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === 'string') return code;
    at = cause;
  }
  return '';
}

const parsed = ({ status, body }: OutboundAnswer): Answer => {
  if (body.length === 0) return { status, json: undefined };
  try {
    return { status, json: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return { status, json: undefined };
  }
};

export const fieldsOf = (json: unknown): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
/** Ids of users: GUIDs, or `f:…` of a federation that keeps its users to itself. No path leads out of the users by them. */
export const isUserId = (text: string): boolean => /^[A-Za-z0-9][\w:.@+-]{0,254}$/.test(text);
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export function createKeycloakClient(
  { url, realm, clientId, authorities }: Pick<KeycloakSettings, 'url' | 'realm' | 'clientId' | 'authorities'>,
  clientSecret: Secret,
  { trust, now, requestMs = 10_000 }: KeycloakCollaborators,
): KeycloakClient {
  const base = url.replace(/\/+$/, '');
  const { hostname, port, protocol } = new URL(base);
  const server = `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
  const http = createHttpClient(async () => {
    const stored = await trust();
    return { ...stored, authorities: `${stored.authorities}\n${authorities}` };
  });
  const realmPath = `/realms/${encodeURIComponent(realm)}`;
  let token: { readonly text: string; readonly until: number; readonly roles: readonly string[] } | null =
    null;
  let refusal: { readonly fault: DirectoryFault; readonly until: number } | null = null;
  let isClosed = false;

  const readFault = (thrown: unknown): DirectoryFault => {
    const certificate = certificateFailure(thrown);
    if (certificate !== null) return new DirectoryFault(`certificate-${certificate}`, { server });
    const isLate =
      (thrown instanceof Error && thrown.name === 'DeadlineError') ||
      /TIMEOUT|ETIMEDOUT/.test(codeOf(thrown));
    if (isLate) return new DirectoryFault('timeout', { server });
    const isConnection = codeOf(thrown) !== '' || connectionFailure(thrown) !== undefined;
    return new DirectoryFault(isConnection ? 'unreachable' : 'answer-invalid', { server });
  };
  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    {
      headers = {},
      body,
      signal,
    }: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | undefined;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<Answer> => {
    if (isClosed) throw new DirectoryFault('unreachable', { server });
    return parsed(
      await http.request(`${base}${path}`, { method, headers, body, signal, timeoutMs: requestMs, maxBytes }),
    );
  };
  const form = (fields: Readonly<Record<string, string>>) => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  const credentials = () => ({ client_id: clientId, client_secret: clientSecret.expose() });
  const askToken = async (fields: Readonly<Record<string, string>>): Promise<Answer> => {
    try {
      return await send(
        'POST',
        `${realmPath}/protocol/openid-connect/token`,
        form({ ...credentials(), ...fields }),
      );
    } catch (thrown) {
      throw thrown instanceof DirectoryFault ? thrown : readFault(thrown);
    }
  };

  async function signIn(): Promise<NonNullable<typeof token>> {
    const { status, json } = await askToken({ grant_type: 'client_credentials' });
    const fields = fieldsOf(json);
    const text = textOf(fields['access_token']);
    if (status !== 200 || text === null) {
      const isRefused = status === 401 || (status === 400 && /client/.test(textOf(fields['error']) ?? ''));
      const fault = new DirectoryFault(isRefused ? 'service-account-wrong' : 'answer-invalid', {
        server,
        serverCode: String(status),
        detail: isRefused ? 'wrong-password' : null,
      });
      if (isRefused) refusal = { fault, until: now() + refusedMs };
      throw fault;
    }
    refusal = null;
    token = {
      text,
      until: now() + Number(fields['expires_in'] ?? 60) * 1000 - earlyMs,
      roles: rolesOf(text),
    };
    return token;
  }
  const signedIn = async () => {
    if (refusal !== null && refusal.until > now()) throw refusal.fault;
    return token !== null && token.until > now() ? token : signIn();
  };

  /** Sends a request with a token, and once more with a new one where Keycloak does not accept the former: then it has done nothing. */
  async function authorized(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const attempt = async (text: string) =>
      send(method, `/admin${realmPath}${path}`, {
        headers: {
          authorization: `Bearer ${text}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      });
    const { text } = await signedIn();
    const answer = await attempt(text);
    if (answer.status !== 401) return answer;
    token = null;
    return attempt((await signedIn()).text);
  }
  const faultOfStatus = (status: number, right: DirectoryRight): DirectoryFault => {
    const fault = new DirectoryFault(status === 403 ? 'right-missing' : 'answer-invalid', {
      server,
      serverCode: String(status),
    });
    return status === 403 ? explained(fault, right) : fault;
  };

  return {
    server,
    async get(path, right, signal) {
      let answer: Answer;
      try {
        answer = await authorized('GET', path, undefined, signal);
      } catch (thrown) {
        if (signal?.aborted === true) throw signal.reason;
        throw thrown instanceof DirectoryFault ? thrown : readFault(thrown);
      }
      if (answer.status === 404 || (answer.status >= 200 && answer.status < 300)) return answer;
      throw faultOfStatus(answer.status, right);
    },
    async write(method, path, body, right) {
      let answer: Answer;
      try {
        answer = await authorized(method, path, body);
      } catch (thrown) {
        if (thrown instanceof DirectoryFault) throw thrown;
        const isUnsent = neverConnected.has(codeOf(thrown)) || certificateFailure(thrown) !== null;
        throw isUnsent ? readFault(thrown) : new DirectoryFault('outcome-unknown', { server });
      }
      if (answer.status >= 500)
        throw new DirectoryFault('outcome-unknown', { server, serverCode: String(answer.status) });
      if (answer.status === 403) throw faultOfStatus(403, right);
      return answer;
    },
    async realm() {
      try {
        return await send('GET', realmPath, {});
      } catch (thrown) {
        throw thrown instanceof DirectoryFault ? thrown : readFault(thrown);
      }
    },
    signInAnew: async () => (await signIn()).roles,
    async tryPassword(userName, password) {
      const { status, json } = await askToken({
        grant_type: 'password',
        username: userName,
        password: password.expose(),
        scope: 'openid',
      });
      const fields = fieldsOf(json);
      const refreshToken = textOf(fields['refresh_token']);
      if (status === 200 && refreshToken !== null)
        await send(
          'POST',
          `${realmPath}/protocol/openid-connect/logout`,
          form({ ...credentials(), refresh_token: refreshToken }),
        ).catch(() => undefined);
      return {
        error: status === 200 ? null : (textOf(fields['error']) ?? String(status)),
        description: textOf(fields['error_description']) ?? '',
        refreshToken,
      };
    },
    close: () => {
      isClosed = true;
      token = null;
    },
  };
}

/** The roles for managing the realm in a token's text, which is read and not checked: it only says what to report. */
function rolesOf(token: string): readonly string[] {
  try {
    const [, payload = ''] = token.split('.');
    const claims = fieldsOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    const { roles } = fieldsOf(fieldsOf(claims['resource_access'])['realm-management']);
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  } catch {
    return [];
  }
}
