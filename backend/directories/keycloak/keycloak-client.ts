import { createHttpClient, type OutboundAnswer } from '../../outbound/http-client.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import { fieldsOf, textOf } from '../external/json-fields.ts';
import { faultOfStatus, readFault, unansweredWrite } from '../external/http-faults.ts';
import { createServiceToken } from './service-token.ts';

export interface KeycloakCollaborators {
  readonly trust: ReadTrust;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds for one request; 10,000 by default. */
  readonly requestMs?: number;
}

export interface Answer {
  readonly status: number;
  /** The parsed body; undefined if it is empty or not JSON. */
  readonly json: unknown;
}

export interface SignIn {
  /** Null if the request succeeded. */
  readonly error: string | null;
  readonly description: string;
  readonly refreshToken: string | null;
}

/** Keycloak's administration and token endpoints, signed in as the client's service account. */
export interface KeycloakClient {
  /** As `host:port`. */
  readonly server: string;
  /** Below `/admin/realms/{realm}`. Throws unless the status is 2xx or Keycloak's own 404; `right` is what 403 means. */
  get(path: string, right: DirectoryRight, signal?: AbortSignal): Promise<Answer>;
  /** Sends a write. If its failure is uncertain, throws `outcome-unknown`. Returns every status except 403 and 5xx. */
  write(
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body: unknown,
    right: DirectoryRight,
  ): Promise<Answer>;
  /** The realm's public description, which needs no sign-in. */
  realm(): Promise<Answer>;
  /** Signs the service account in again and returns the roles of its token. */
  signInAnew(): Promise<readonly string[]>;
  /** Tries a user's password by the client's direct access grant, and ends the session that it made. Throws unless the answer is about the password. */
  tryPassword(userName: string, password: Secret): Promise<SignIn>;
  /** Milliseconds by which Keycloak's clock was ahead at the last sign-in; null before it. */
  clockAhead(): number | null;
  close(): void;
}

const maxBytes = 32 * 1024 * 1024;

const parsed = ({ status, body }: OutboundAnswer): Answer => {
  if (body.length === 0) return { status, json: undefined };
  try {
    return { status, json: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return { status, json: undefined };
  }
};

/** Whether an answer about something that is absent is Keycloak's own. A proxy that hides the administration API answers 404 as well. */
const isOfKeycloak = ({ json }: Answer): boolean => textOf(fieldsOf(json)['error']) !== null;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Sends requests to one Keycloak, without a token. */
function createTransport(
  { base, authorities }: { readonly base: string; readonly authorities: string },
  { trust, requestMs = 10_000 }: KeycloakCollaborators,
) {
  const { hostname, port, protocol } = new URL(base);
  const server = `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
  const readTrust = async () => {
    const stored = await trust();
    return { ...stored, authorities: `${stored.authorities}\n${authorities}` };
  };
  const http = createHttpClient(readTrust, { keepsOpen: true });
  let isClosed = false;
  return {
    server,
    close: () => {
      isClosed = true;
      http.close();
    },
    send: async (
      method: Method,
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
      const answer = await http.request(`${base}${path}`, {
        method,
        headers,
        body,
        signal,
        timeoutMs: requestMs,
        maxBytes,
      });
      return parsed(answer);
    },
  };
}

const form = (fields: Readonly<Record<string, string>>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

export function createKeycloakClient(
  { url, realm, clientId, authorities }: Pick<KeycloakSettings, 'url' | 'realm' | 'clientId' | 'authorities'>,
  clientSecret: Secret,
  collaborators: KeycloakCollaborators,
): KeycloakClient {
  const { now } = collaborators;
  const transport = createTransport({ base: url.replace(/\/+$/, ''), authorities }, collaborators);
  const { server, send } = transport;
  const realmPath = `/realms/${encodeURIComponent(realm)}`;
  const credentials = () => ({ client_id: clientId, client_secret: clientSecret.expose() });
  const askToken = async (fields: Readonly<Record<string, string>>): Promise<Answer> => {
    try {
      return await send(
        'POST',
        `${realmPath}/protocol/openid-connect/token`,
        form({ ...credentials(), ...fields }),
      );
    } catch (thrown) {
      throw readFault(thrown, server);
    }
  };
  const token = createServiceToken({ askToken, server, now });

  /** Sends a request with a token. Repeats it with a new one if Keycloak rejects the token, in which case it has done nothing. */
  async function authorized(
    method: Method,
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
    const { text } = await token.current();
    const answer = await attempt(text);
    if (answer.status !== 401) return answer;
    token.forget();
    return attempt((await token.current()).text);
  }
  return {
    server,
    async get(path, right, signal) {
      let answer: Answer;
      try {
        answer = await authorized('GET', path, undefined, signal);
      } catch (thrown) {
        if (signal?.aborted === true) throw signal.reason;
        throw readFault(thrown, server);
      }
      if (answer.status >= 200 && answer.status < 300) return answer;
      if (answer.status === 404 && isOfKeycloak(answer)) return answer;
      throw faultOfStatus(answer.status, right, { server });
    },
    async write(method, path, body, right) {
      let answer: Answer;
      try {
        answer = await authorized(method, path, body);
      } catch (thrown) {
        throw unansweredWrite(thrown, server);
      }
      if (answer.status >= 500)
        throw new DirectoryFault('outcome-unknown', { server, serverCode: String(answer.status) });
      if (answer.status === 404 && !isOfKeycloak(answer)) throw faultOfStatus(404, right, { server });
      if (answer.status === 403) throw faultOfStatus(403, right, { server });
      return answer;
    },
    async realm() {
      try {
        return await send('GET', realmPath, {});
      } catch (thrown) {
        throw readFault(thrown, server);
      }
    },
    signInAnew: async () => (await token.signIn()).roles,
    async tryPassword(userName, password) {
      const { status, json } = await askToken({
        grant_type: 'password',
        username: userName,
        password: password.expose(),
        scope: 'openid',
      });
      const fields = fieldsOf(json);
      // Every other status says nothing about the password, although Keycloak may have counted the attempt.
      if (status !== 200 && status !== 400 && status !== 401)
        throw new DirectoryFault(status === 429 ? 'throttled' : 'answer-invalid', {
          server,
          serverCode: String(status),
        });
      if (textOf(fields['error']) === 'invalid_client') throw faultOfStatus(401, null, { server });
      const refreshToken = textOf(fields['refresh_token']);
      // The verdict stands without the sign-out; Keycloak ends an unused session by itself.
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
    clockAhead: token.clockAhead,
    close: () => {
      transport.close();
      token.forget();
    },
  };
}
