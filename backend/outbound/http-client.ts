import { withDeadline } from './deadline.ts';
import { assertReachable, lookupReachable } from './reachable-address.ts';
import { secureContextOf, trustKey, type ReadTrust, type Trust } from './trust.ts';

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  /** Bytes of the answer's body; a longer answer fails. */
  readonly maxBytes: number;
  /** Only the status matters: a body that is too long is cut off instead. */
  readonly statusOnly?: boolean;
}

type Limits = Pick<OutboundRequest, 'timeoutMs' | 'maxBytes' | 'statusOnly'>;

export interface OutboundAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * The one HTTP client for servers outside of this one. It checks certificates with the stored trust, follows no redirect, which could carry a secret to
 * another server, and limits the time to connect, to the first byte and between bytes, the whole time, and the size of headers and body.
 */
export interface HttpClient {
  request(url: string, request: OutboundRequest): Promise<OutboundAnswer>;
  /** The same as `fetch`, for libraries that take one. */
  fetch(url: string, options: object, limits: Limits): Promise<Response>;
}

export interface ClosableHttpClient extends HttpClient {
  /** Ends the connections that are kept open. */
  close(): void;
}

/** Milliseconds to connect, and without a byte. */
const idleMs = 10_000;
/** Milliseconds for which a connection without an exchange is kept: less than any server does, so that no request meets one that is ending. */
const keptOpenMs = 4000;
/** Bytes of the answer's headers. */
const maxHeaderBytes = 16 * 1024;

const endedCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
/** Whether the other side ended the connection before it answered. */
const isConnectionEnded = (thrown: unknown): boolean =>
  endedCodes.has((thrown as { readonly code?: unknown } | null)?.code);

/** Loaded with the first request, to keep the start of the backend fast. */
const library = () => import('undici');

/**
 * Opens a connection for each exchange. With `keepsOpen`, a connection serves the exchanges that follow within four seconds, if the trust and the
 * limits are the same: for servers that get several requests in a row.
 */
export function createHttpClient(
  trust: ReadTrust,
  { keepsOpen = false }: { readonly keepsOpen?: boolean } = {},
): ClosableHttpClient {
  const agentFor = async (trusted: Trust, { timeoutMs, maxBytes, statusOnly = false }: Limits) => {
    const { Agent } = await library();
    return new Agent({
      connect: {
        secureContext: secureContextOf(trusted),
        lookup: lookupReachable,
        timeout: Math.min(idleMs, timeoutMs),
      },
      headersTimeout: Math.min(idleMs, timeoutMs),
      bodyTimeout: Math.min(idleMs, timeoutMs),
      maxResponseSize: statusOnly ? -1 : maxBytes,
      maxHeaderSize: maxHeaderBytes,
      keepAliveTimeout: keptOpenMs,
      keepAliveMaxTimeout: keptOpenMs,
      pipelining: keepsOpen ? 1 : 0,
    });
  };
  let kept: { readonly key: string; readonly agent: ReturnType<typeof agentFor> } | null = null;
  /** Running exchanges go on. An agent that could not be made has nothing to close; its request has reported why. */
  const closeKept = () => void kept?.agent.then((agent) => agent.close()).catch(() => undefined);
  const keptAgent = (trusted: Trust, limits: Limits) => {
    const { timeoutMs, maxBytes, statusOnly } = limits;
    const key = JSON.stringify([trustKey(trusted), timeoutMs, maxBytes, statusOnly]);
    if (kept?.key !== key) {
      closeKept();
      kept = { key, agent: agentFor(trusted, limits) };
    }
    return kept.agent;
  };
  const open = async (url: string, limits: Limits) => {
    const { hostname } = new URL(url);
    assertReachable(hostname);
    const trusted = await trust();
    const agent = await (keepsOpen ? keptAgent(trusted, limits) : agentFor(trusted, limits));
    const release = () => {
      if (!keepsOpen) void agent.destroy();
    };
    return { undici: await library(), agent, release };
  };
  return {
    request: async (url, { method, headers = {}, body, signal, ...limits }) => {
      const { undici, agent, release } = await open(url, limits);
      try {
        return await withDeadline(limits.timeoutMs, signal, async (within) => {
          const send = () =>
            undici.request(url, { method, headers, body: body ?? null, signal: within, dispatcher: agent });
          // The server may end a kept connection at the moment when a request uses it. Only a read can be repeated without harm.
          const again = (thrown: unknown) => {
            if (keepsOpen && method === 'GET' && isConnectionEnded(thrown)) return send();
            throw thrown;
          };
          const answer = await send().catch(again).catch(reasonOf(within));
          if (limits.statusOnly === true) {
            await answer.body.dump({ limit: limits.maxBytes, signal: within }).catch(reasonOf(within));
            return { status: answer.statusCode, headers: answer.headers, body: Buffer.alloc(0) };
          }
          const bytes = await answer.body.arrayBuffer().catch(reasonOf(within));
          return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(bytes) };
        });
      } finally {
        release();
      }
    },
    close: () => {
      closeKept();
      kept = null;
    },
    fetch: async (url, options, limits) => {
      const { undici, agent, release } = await open(url, limits);
      try {
        return await withDeadline(limits.timeoutMs, undefined, async (within) => {
          const answer = await undici
            .fetch(url, { ...options, redirect: 'manual', signal: within, dispatcher: agent })
            .catch(reasonOf(within));
          // Read here, so that the limits apply to the body as well.
          const body = await answer.arrayBuffer().catch(reasonOf(within));
          return new Response(answer.status === 204 || body.byteLength === 0 ? null : body, {
            status: answer.status,
            headers: [...answer.headers],
          });
        });
      } finally {
        release();
      }
    },
  };
}

/** Throws the deadline's error if the deadline ended the exchange, instead of the library's "aborted". */
const reasonOf =
  (signal: AbortSignal) =>
  (thrown: unknown): never => {
    throw signal.aborted && signal.reason instanceof Error ? signal.reason : thrown;
  };
