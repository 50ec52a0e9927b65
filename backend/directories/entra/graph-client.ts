import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import { faultOfStatus, readFault, unansweredWrite } from '../external/http-faults.ts';
import { fieldsOf, listOf, textOf, type Fields } from '../external/json-fields.ts';
import { createApplicationToken } from './application-token.ts';
import { addressesOf } from './cloud-addresses.ts';
import {
  createGraphTransport,
  serverOf,
  type Answer,
  type EntraCollaborators,
  type GraphRequest,
} from './graph-transport.ts';
import type { Granted } from './permissions.ts';

/** One page of a list. */
export interface GraphPage {
  readonly items: readonly Fields[];
  /** The path and query of the next page; null on the last. */
  readonly next: string | null;
  /** The start of the next round of changes, on the last page of a delta query; null otherwise. */
  readonly delta: string | null;
}

/** Microsoft Graph v1.0, signed in as an application. Paths start after `/v1.0`. */
export interface GraphClient {
  /** As `host:port`. */
  readonly server: string;
  /** Throws unless the status is 2xx, 404 or 410. `right` is the right that is missing on 403. */
  get(path: string, right: DirectoryRight, signal?: AbortSignal): Promise<Answer>;
  /** Reads the page in an answer. Throws `answer-invalid` for a link to another server and for statuses 404 and 410. */
  pageOf(answer: Answer): GraphPage;
  page(path: string, right: DirectoryRight, signal?: AbortSignal): Promise<GraphPage>;
  pages(path: string, right: DirectoryRight, signal?: AbortSignal): AsyncIterable<readonly Fields[]>;
  /** A write. Throws `outcome-unknown` unless it is known to have failed. Answers every status below 500. */
  write(method: 'PATCH' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  /** The public description of the tenant's sign-in. */
  tenant(): Promise<Answer>;
  /** The permissions in the current token. */
  granted(): Promise<Granted>;
  /** Signs in again and answers the permissions in the new token. */
  signInAnew(): Promise<Granted>;
  /** Milliseconds; null before the first answer. */
  clockAhead(): number | null;
  close(): void;
}

/** Graph's error code, such as `Authorization_RequestDenied`; empty if there is none. */
export const errorOf = ({ json }: Answer): { readonly code: string; readonly message: string } => {
  const { code, message } = fieldsOf(fieldsOf(json)['error']);
  return { code: textOf(code) ?? '', message: textOf(message) ?? '' };
};

/** The status and error code for the log. */
export const serverCodeOf = (answer: Answer): string =>
  [String(answer.status), errorOf(answer).code].filter((part) => part !== '').join(' ');

/** The fault of an unsuccessful answer. `right` is the right that is missing on 403. */
export function faultOfAnswer(answer: Answer, right: DirectoryRight, server: string): DirectoryFault {
  const told = { server, serverCode: serverCodeOf(answer) };
  return answer.status === 404
    ? new DirectoryFault('account-gone', told)
    : faultOfStatus(answer.status, right, told);
}

/** Reads pages of lists. `base`: the address before their paths. */
function createPageOf(base: string, server: string): GraphClient['pageOf'] {
  /** The path of a link that Graph answered. Throws for a link to another server, so that the token is sent nowhere else. */
  function pathOf(link: unknown): string | null {
    const text = textOf(link);
    if (text === null) return null;
    if (!text.startsWith(`${base}/`))
      throw new DirectoryFault('answer-invalid', { server, serverCode: 'link' });
    return text.slice(base.length);
  }

  return (answer) => {
    if (answer.status === 404 || answer.status === 410)
      throw new DirectoryFault('answer-invalid', { server, serverCode: serverCodeOf(answer) });
    const fields = fieldsOf(answer.json);
    return {
      items: listOf(fields['value']),
      next: pathOf(fields['@odata.nextLink']),
      delta: pathOf(fields['@odata.deltaLink']),
    };
  };
}

export function createGraphClient(
  settings: EntraSettings,
  secret: Secret,
  collaborators: EntraCollaborators,
): GraphClient {
  const { signIn, graph } = addressesOf(settings);
  const base = `${graph}/v1.0`;
  const server = serverOf(graph);
  const transport = createGraphTransport(settings.authorities, collaborators);
  const tenantPath = `${signIn}/${encodeURIComponent(settings.tenant)}`;

  const sendToSignIn = async (url: string, request: GraphRequest): Promise<Answer> => {
    try {
      return await transport.send(url, request);
    } catch (thrown) {
      throw readFault(thrown, serverOf(signIn));
    }
  };
  const token = createApplicationToken({
    settings,
    secret,
    address: `${tenantPath}/oauth2/v2.0/token`,
    scope: `${graph}/.default`,
    server: serverOf(signIn),
    now: collaborators.now,
    post: (url, form) =>
      sendToSignIn(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      }),
  });

  /** Sends a request with a token. If Graph rejects the token, and so has done nothing, sends it once more with a new one. */
  async function authorized(path: string, request: GraphRequest): Promise<Answer> {
    const attempt = (text: string) =>
      transport.send(`${base}${path}`, {
        ...request,
        headers: { ...request.headers, authorization: `Bearer ${text}` },
      });
    const { text } = await token.current();
    const answer = await attempt(text);
    if (answer.status !== 401) return answer;
    token.forget(text);
    return attempt((await token.current()).text);
  }

  const get: GraphClient['get'] = async (path, right, signal) => {
    let answer: Answer;
    try {
      answer = await authorized(path, { method: 'GET', signal });
    } catch (thrown) {
      if (signal?.aborted === true) throw signal.reason;
      throw readFault(thrown, server);
    }
    const isSuccess = answer.status >= 200 && answer.status < 300;
    if (isSuccess || answer.status === 404 || answer.status === 410) return answer;
    throw faultOfAnswer(answer, right, server);
  };

  const pageOf = createPageOf(base, server);
  const page: GraphClient['page'] = async (path, right, signal) => pageOf(await get(path, right, signal));

  return {
    server,
    get,
    page,
    pageOf,
    async *pages(path, right, signal) {
      for (let at: string | null = path; at !== null;) {
        signal?.throwIfAborted();
        const { items, next }: GraphPage = await page(at, right, signal);
        if (items.length > 0) yield items;
        at = next;
      }
    },
    async write(method, path, body) {
      let answer: Answer;
      try {
        answer = await authorized(path, {
          method,
          ...(body !== undefined && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        });
      } catch (thrown) {
        throw unansweredWrite(thrown, server);
      }
      if (answer.status >= 500)
        throw new DirectoryFault('outcome-unknown', { server, serverCode: serverCodeOf(answer) });
      return answer;
    },
    tenant: () => sendToSignIn(`${tenantPath}/v2.0/.well-known/openid-configuration`, { method: 'GET' }),
    granted: () => token.current(),
    signInAnew: () => token.signIn(),
    clockAhead: transport.clockAhead,
    close: () => {
      transport.close();
      token.forget();
    },
  };
}
