import { finished, Transform, type Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import {
  deviceHeader,
  type Endpoint,
  type EndpointAnswer,
  type EndpointInput,
} from '../../../shared/api/endpoint.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../timers/timers.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { requestUrl, requestHeaders, type AnyInput, type CallOptions } from './http-request.ts';
import { networkFailure } from './network-failure.ts';
import { readAnswer } from './read-answer.ts';
import { requestBody } from './request-body.ts';
import { isLoopback } from './server-address.ts';

/** Limits of a file that is known to be small, in bytes and milliseconds. */
export interface DownloadLimits {
  readonly maxBytes?: number;
  readonly wholeMs?: number;
}

/** Calls the Reset API of a server. Every failure is thrown as a `ConsoleFailure`. */
export interface ResetApi {
  readonly call: <E extends Endpoint>(
    base: string,
    endpoint: E,
    input: EndpointInput<E>,
    options?: CallOptions,
  ) => Promise<EndpointAnswer<E>>;
  /**
   * Opens an endpoint of server-sent events. The stream ends when either side closes it, and fails with `server.timeout` when the
   * server's heartbeats stop.
   */
  readonly openEventStream: <E extends Endpoint>(
    base: string,
    endpoint: E,
    input: EndpointInput<E>,
    options: CallOptions & { readonly signal: AbortSignal },
  ) => Promise<Readable>;
  /** Opens the file that an endpoint answers with. The stream fails with `server.timeout` when no more of it arrives. */
  readonly download: <E extends Endpoint>(
    base: string,
    endpoint: E,
    input: EndpointInput<E>,
    options: CallOptions & DownloadLimits,
  ) => Promise<Readable>;
  /** Loads the HTTP client before the first call needs it. */
  readonly prepare: () => Promise<void>;
  /** Closes keep-alive connections. */
  readonly close: () => void;
}

/** The slowest call is a reset, which hashes a password and may call a directory. */
const defaultTimeoutMs = 20_000;
interface StreamLimits {
  /** Milliseconds until the answer starts, or, if it is an error, until it is complete. */
  readonly startMs: number;
  /** Milliseconds until more of the stream arrives. */
  readonly idleMs: number;
  /** Bytes, unpacked, after which the stream fails. */
  readonly maxBytes: number;
  /** Milliseconds from its start after which the stream fails, however much of it arrives; 0 for no limit. */
  readonly wholeMs: number;
}
/** The backend sends a heartbeat every 10 s. */
const eventStreamLimits: StreamLimits = {
  startMs: defaultTimeoutMs,
  idleMs: 35_000,
  maxBytes: Infinity,
  wholeMs: 0,
};
/** An evidence pack is complete before its first byte is sent. Ten million events of the audit log are about 5 GB. */
const downloadLimits: StreamLimits = {
  startMs: 60_000,
  idleMs: 60_000,
  maxBytes: 8 * 1024 ** 3,
  wholeMs: 2 * 3_600_000,
};
/** The largest response is a page of 5,000 refused rows. */
const maxAnswerBytes = 8 * 1024 * 1024;

/** A problem document is smaller; a longer body of an error answer is not read to its end. */
const maxErrorBytes = 64 * 1024;

interface Collaborators {
  readonly loadHttp: () => Promise<{ readonly http: AxiosInstance; readonly close: () => void }>;
  readonly userAgent: string;
  readonly log: Log;
  readonly setTimer: SetTimer;
  /** The random id of this console for a server's origin, sent with sign-ins; see {@link deviceHeader}. */
  readonly deviceId?: (origin: string) => string;
  /** Called when a call got no response. */
  readonly onNoAnswer?: (base: string) => void;
}

export function createResetApi({
  loadHttp,
  userAgent,
  log,
  setTimer,
  deviceId,
  onNoAnswer,
}: Collaborators): ResetApi {
  let loading: ReturnType<typeof loadHttp> | undefined;
  const load = () => (loading ??= loadHttp());

  const send = async (url: string, endpoint: Endpoint, asked: AnyInput, options: CallOptions) => {
    const input = withBody(endpoint, asked);
    const { http } = await load();
    const timeoutMs = options.timeout ?? options.upload?.idleMs ?? defaultTimeoutMs;
    const deadline = createDeadline(timeoutMs, options.signal, setTimer);
    const body = requestBody(options, deadline);
    try {
      return await http.request<string>({
        url,
        method: endpoint.method,
        headers: {
          ...requestHeaders(userAgent, input, options),
          ...(endpoint.right === null &&
            endpoint.method !== 'GET' &&
            deviceId && { [deviceHeader]: deviceId(new URL(url).origin) }),
        },
        data: body.content ?? (input.body === undefined ? undefined : JSON.stringify(input.body)),
        signal: deadline.signal,
        maxContentLength: maxAnswerBytes,
        // A proxy from the environment is never used for this computer.
        ...(isLoopback(new URL(url).hostname) && { proxy: false }),
      });
    } catch (thrown) {
      throw body.fault() ?? thrown;
    } finally {
      deadline.end();
      body.end();
    }
  };

  const openStream = async (
    base: string,
    endpoint: Endpoint,
    input: AnyInput,
    options: CallOptions,
    accept: string,
    limits: StreamLimits,
  ): Promise<Readable> => {
    const url = requestUrl(base, endpoint, input);
    const { http } = await load();
    const deadline = createDeadline(limits.startMs, options.signal, setTimer);
    try {
      const answer = await http.request<Readable>({
        url,
        method: endpoint.method,
        headers: {
          ...requestHeaders(userAgent, input, options),
          Accept: `${accept}, application/problem+json`,
        },
        data: input.body === undefined ? undefined : JSON.stringify(input.body),
        responseType: 'stream',
        signal: deadline.signal,
        ...(isLoopback(new URL(url).hostname) && { proxy: false }),
      });
      const contentType = String(answer.headers['content-type'] ?? '');
      if (answer.status === 200) {
        if (isOfType(contentType, endpoint.events === true ? ['text/event-stream'] : endpoint.file))
          return watched(answer.data, deadline, limits, setTimer);
        answer.data.destroy();
        const isWebPage = isOfType(contentType, ['text/html']);
        throw new ConsoleFailure(isWebPage ? 'proxy.web-page' : 'server.answer-invalid', {
          detail: contentType.slice(0, 100),
        });
      }
      const text = await startOf(answer.data, maxErrorBytes);
      readAnswer(endpoint, { status: answer.status, contentType, text }, log);
      throw new ConsoleFailure('server.answer-invalid');
    } catch (thrown) {
      deadline.end();
      throw isFailure(thrown) ? thrown : networkFailure(thrown);
    }
  };

  return {
    call: async (base, endpoint, input, options = {}) => {
      // Outside the try: invalid parameters say nothing about the server.
      const url = requestUrl(base, endpoint, input);
      let answer: Awaited<ReturnType<typeof send>>;
      try {
        answer = await send(url, endpoint, input, options).catch((thrown: unknown) => {
          if (endpoint.method === 'GET' && isClosedConnection(thrown))
            return send(url, endpoint, input, options);
          throw thrown;
        });
      } catch (thrown) {
        // A fault of the file that is uploaded says nothing about the server.
        if (isFailure(thrown)) throw thrown;
        const failure = networkFailure(thrown);
        log.warn('no response', {
          endpoint: endpoint.id,
          code: failure.code,
          detail: failure.failure.detail,
        });
        onNoAnswer?.(base);
        throw failure;
      }
      const { status, data, headers } = answer;
      // The connection, which is kept open, refers to the last answers and their requests, and either may hold a password.
      answer.data = '';
      answer.config.data = undefined;
      const contentType = String(headers['content-type'] ?? '');
      return readAnswer(endpoint, { status, contentType, text: data }, log);
    },
    openEventStream: (base, endpoint, input, options) =>
      openStream(base, endpoint, input, options, 'text/event-stream', eventStreamLimits),
    download: (base, endpoint, input, { maxBytes, wholeMs, ...options }) => {
      const accept = endpoint.file?.join(', ') ?? '*/*';
      return openStream(base, endpoint, input, options, accept, {
        ...downloadLimits,
        ...(maxBytes !== undefined && { maxBytes }),
        ...(wholeMs !== undefined && { wholeMs }),
      });
    },
    prepare: async () => {
      await load();
    },
    close: () => {
      void loading?.then(({ close }) => close());
    },
  };
}

/** Whether a response has one of these media types; any, if none are named. */
function isOfType(contentType: string, types: readonly string[] | undefined): boolean {
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return types === undefined || types.some((expected) => expected.split(';', 1)[0] === type);
}

/** Passes a response on. Every fault of the connection, a silence of `idleMs` included, becomes the stream's `ConsoleFailure`. */
function watched(
  source: Readable,
  deadline: Deadline,
  { idleMs, maxBytes, wholeMs }: StreamLimits,
  setTimer: SetTimer,
): Readable {
  let bytes = 0;
  const cancelWhole =
    wholeMs === 0
      ? () => undefined
      : setTimer(wholeMs, () => passed.destroy(new ConsoleFailure('server.timeout', { detail: 'too slow' })));
  const passed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      deadline.restart(idleMs);
      bytes += chunk.length;
      if (bytes > maxBytes) done(new ConsoleFailure('server.answer-invalid', { detail: 'too long' }));
      else done(null, chunk);
    },
  });
  deadline.restart(idleMs);
  finished(source, (thrown) => {
    if (thrown) passed.destroy(networkFailure(thrown));
  });
  passed.once('close', () => {
    cancelWhole();
    deadline.end();
    source.destroy();
  });
  return source.pipe(passed);
}

/** The start of a body, as text. Ends the connection if there is more. */
async function startOf(stream: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop destroys the stream.
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, maxBytes);
}

/** Adds an empty JSON body to writing calls without a body, which axios would otherwise declare as a form. */
function withBody({ method, stream }: Endpoint, input: AnyInput): AnyInput {
  const bare = input.body === undefined && stream !== true;
  return bare && (method === 'POST' || method === 'PUT' || method === 'PATCH')
    ? { ...input, body: {} }
    : input;
}

/** Whether the server closed a keep-alive connection while the request was being sent. Only a reading call may be sent again. */
function isClosedConnection(thrown: unknown): boolean {
  return (
    thrown instanceof Error && 'code' in thrown && (thrown.code === 'ECONNRESET' || thrown.code === 'EPIPE')
  );
}
