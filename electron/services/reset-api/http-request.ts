import type { Readable } from 'node:stream';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Secret } from '../../../shared/secret/secret.ts';

/** In milliseconds. */
export interface UploadLimits {
  /** Until the connection takes the next part of the body; then the call throws `server.timeout`. */
  readonly idleMs: number;
  /** From the end of the body until the answer is complete. */
  readonly answerMs: number;
}

/** What a call may have besides its input. */
export interface CallOptions {
  readonly accessToken?: Secret;
  readonly idempotencyKey?: string;
  /** Aborts the call. */
  readonly signal?: AbortSignal;
  /** Milliseconds without an answer after which the call throws `server.timeout`; 20 s by default, 0 for no limit. */
  readonly timeout?: number;
  /** The body of an endpoint that is declared as a stream. */
  readonly bytes?: { readonly content: Readable | Buffer; readonly length: number };
  /** Limits of a streamed body, instead of `timeout`, because a large file may take long. */
  readonly upload?: UploadLimits;
}

type Values = Readonly<Record<string, unknown>>;
export interface AnyInput {
  readonly params?: Values | undefined;
  readonly query?: Values | undefined;
  readonly body?: unknown;
}

/** The URL of a call, with encoded parameters. Undefined query values are omitted. */
export function requestUrl(base: string, { path }: Endpoint, { params = {}, query = {} }: AnyInput): string {
  const filled = path.replaceAll(/:(\w+)/g, (_found, name: string) => {
    const value = params[name];
    // `.` and `..` change the path, encoded or not.
    if (typeof value !== 'string' || /^\.{0,2}$/.test(value)) throw new ConsoleFailure('request.not-found');
    return encodeURIComponent(value);
  });
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) asked.set(name, String(value));
  }
  return `${base}${apiPrefix}${filled}${asked.size === 0 ? '' : `?${asked.toString()}`}`;
}

/** The headers of a call. */
export function requestHeaders(
  userAgent: string,
  input: AnyInput,
  options: CallOptions,
): Record<string, string> {
  const { accessToken, idempotencyKey, bytes } = options;
  return {
    Accept: 'application/json, application/problem+json',
    'User-Agent': userAgent,
    ...(input.body !== undefined && { 'Content-Type': 'application/json' }),
    ...(bytes && { 'Content-Type': 'application/octet-stream', 'Content-Length': String(bytes.length) }),
    ...(accessToken && { Authorization: `Bearer ${accessToken.expose()}` }),
    ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
  };
}
