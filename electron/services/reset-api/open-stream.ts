import { finished, Transform, type Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../timers/timers.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { requestUrl, requestHeaders, type AnyInput, type CallOptions } from './http-request.ts';
import { networkFailure } from './network-failure.ts';
import { readAnswer } from './read-answer.ts';

/** Limits of a stream, each of which ends it with a `ConsoleFailure`. */
export interface StreamLimits {
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
export const eventStreamLimits: StreamLimits = {
  startMs: 20_000,
  idleMs: 35_000,
  maxBytes: Infinity,
  wholeMs: 0,
};
/** An evidence pack is complete before its first byte is sent. Ten million events of the audit log are about 5 GB. */
export const downloadLimits: StreamLimits = {
  startMs: 60_000,
  idleMs: 60_000,
  maxBytes: 8 * 1024 ** 3,
  wholeMs: 2 * 3_600_000,
};
/** A problem document is smaller; a longer body of an error answer is not read to its end. */
const maxErrorBytes = 64 * 1024;

/** Opens streams of a server. A stream fails with a `ConsoleFailure` when it exceeds its limits. */
export function createOpenStream({
  load,
  userAgent,
  log,
  setTimer,
}: {
  readonly load: () => Promise<{ readonly http: AxiosInstance }>;
  readonly userAgent: string;
  readonly log: Log;
  readonly setTimer: SetTimer;
}) {
  return async (
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
