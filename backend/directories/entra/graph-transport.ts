import { setTimeout as delay } from 'node:timers/promises';
import { createHttpClient, type OutboundAnswer } from '../../outbound/http-client.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { DirectoryFault } from '../external/directory-fault.ts';

export interface EntraCollaborators {
  readonly trust: ReadTrust;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Timeout of one request in milliseconds; 10,000 by default. */
  readonly requestMs?: number;
  /** Waits the given number of milliseconds, or throws when the signal is aborted. */
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface Answer {
  readonly status: number;
  /** The parsed body; undefined if it is empty or not JSON. */
  readonly json: unknown;
}

export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const pause = (ms: number, signal?: AbortSignal): Promise<void> => delay(ms, undefined, { signal });

const maxBytes = 32 * 1024 * 1024;
const maxAttempts = 5;
/** The longest total wait between the attempts of a call, in milliseconds: while an operator waits, and during a read of all accounts. */
const [patienceMs, patienceOfReadsMs] = [8000, 50_000];

/** As `host:port`. */
export function serverOf(address: string): string {
  const { hostname, port } = new URL(address);
  return `${hostname}:${port === '' ? '443' : port}`;
}

const parsed = ({ status, body }: OutboundAnswer): Answer => {
  if (body.length === 0) return { status, json: undefined };
  try {
    return { status, json: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return { status, json: undefined };
  }
};

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

/** The wait that the answer demands, in milliseconds. `Retry-After` holds seconds or a date; without it, the wait doubles at each attempt. */
export function waitAskedFor(retryAfter: string, attempt: number, now: number): number {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 1000 * 2 ** (attempt - 1) : Math.max(0, at - now);
}

/**
 * Sends requests and waits when the service asks for it. After 429, nothing was done, so writes are retried as well; after 503 and 504, only reads
 * are. Throws the errors of the connection, and `throttled` if the wait exceeds the caller's limit.
 */
export function createGraphTransport(
  authorities: string,
  { trust, now, requestMs = 10_000, wait = pause }: EntraCollaborators,
) {
  const readTrust = async () => {
    const stored = await trust();
    return { ...stored, authorities: `${stored.authorities}\n${authorities}` };
  };
  const http = createHttpClient(readTrust, { keepsOpen: true });
  let isClosed = false;
  let clockAhead: number | null = null;

  return {
    /** Milliseconds by which the service's clock was ahead at its last answer; null before the first. */
    clockAhead: () => clockAhead,
    close: () => {
      isClosed = true;
      http.close();
    },
    async send(url: string, request: GraphRequest): Promise<Answer> {
      const { method, headers = {}, body, signal } = request;
      const server = serverOf(url);
      let patience = signal === undefined ? patienceMs : patienceOfReadsMs;
      for (let attempt = 1; ; attempt += 1) {
        if (isClosed) throw new DirectoryFault('unreachable', { server });
        const answer = await http.request(url, {
          method,
          headers: { accept: 'application/json', ...headers },
          body,
          signal,
          timeoutMs: requestMs,
          maxBytes,
        });
        const at = Date.parse(one(answer.headers['date']));
        if (!Number.isNaN(at)) clockAhead = at - now();
        const isBusy =
          answer.status === 429 || (method === 'GET' && (answer.status === 503 || answer.status === 504));
        if (!isBusy) return parsed(answer);
        const ms = waitAskedFor(one(answer.headers['retry-after']), attempt, now());
        patience -= ms;
        if (attempt === maxAttempts || patience < 0)
          throw new DirectoryFault(answer.status === 429 ? 'throttled' : 'unreachable', {
            server,
            serverCode: String(answer.status),
          });
        await wait(ms, signal);
      }
    },
  };
}
