import type { Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import {
  deviceHeader,
  type Endpoint,
  type EndpointReply,
  type EndpointInput,
} from '../../../shared/api/endpoint.ts';
import { isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../timers/timers.ts';
import { createDeadline } from './deadline.ts';
import { requestUrl, requestHeaders, type AnyInput, type CallOptions } from './http-request.ts';
import { networkFailure } from './network-failure.ts';
import { createOpenStream, downloadLimits, eventStreamLimits } from './open-stream.ts';
import { readAnswer } from './read-answer.ts';
import { requestBody } from './request-body.ts';

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
  ) => Promise<EndpointReply<E>>;
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
  /** Closes keep-alive connections. */
  readonly close: () => void;
}

/** The slowest call is a reset, which hashes a password and may call a directory. */
const defaultTimeoutMs = 20_000;
/** The largest response is a page of 5,000 refused rows. */
const maxAnswerBytes = 8 * 1024 * 1024;

interface Collaborators {
  readonly loadHttp: () => Promise<{ readonly http: AxiosInstance; readonly close: () => void }>;
  readonly userAgent: string;
  readonly log: Log;
  readonly setTimer: SetTimer;
  /** The random id of this console for a server's origin, sent with sign-ins; see {@link deviceHeader}. */
  readonly deviceId?: (origin: string) => string;
  /** Called when a call got no response. */
  readonly onNoAnswer?: (base: string) => void;
  /** Called when an answer had parts that only newer consoles know. */
  readonly onNewer?: (base: string) => void;
}

export function createResetApi({
  loadHttp,
  userAgent,
  log,
  setTimer,
  deviceId,
  onNoAnswer,
  onNewer,
}: Collaborators): ResetApi {
  let loading: ReturnType<typeof loadHttp> | undefined;
  const load = () => (loading ??= loadHttp());
  const openStream = createOpenStream({ load, userAgent, log, setTimer });

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
      });
    } catch (thrown) {
      throw body.fault() ?? thrown;
    } finally {
      deadline.end();
      body.end();
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
      return readAnswer(endpoint, { status, contentType, text: data }, log, () => onNewer?.(base));
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
    close: () => {
      void loading?.then(({ close }) => close());
    },
  };
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
