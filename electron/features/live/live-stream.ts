import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import { hasUnlikelyShape } from '../../services/reset-api/json-shape.ts';
import type { SetTimer } from '../../services/timers/timers.ts';

interface Collaborators<Schema extends z.ZodType> {
  /** Opens the stream in the operator's session; rejects without a session. */
  readonly open: (signal: AbortSignal) => Promise<Readable>;
  readonly schema: Schema;
  readonly onEvent: (event: z.output<Schema>) => void;
  /** The stream is connected, for the first time or again. Events in between are lost, so their effects have to be read. */
  readonly onOpen: () => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
  /** A number from 0 to 1, so that the consoles of a server that restarts do not all come back at the same moment. */
  readonly random?: () => number;
}

/** Each is varied by a quarter. The last one repeats. */
const retryDelaysMs = [1000, 2000, 4000, 8000, 16_000, 24_000] as const;
/** A stream that ends sooner counts as a failed attempt. */
const stableAfterMs = 30_000;
/** Characters. The backend's events are a few hundred long. */
const maxEventLength = 256 * 1024;
/** A desk with a hundred operators causes a few events a second. */
const maxEventsPerSecond = 500;
const maxCharactersPerSecond = 1024 * 1024;

/** Follows server-sent events and reconnects when the stream breaks; stops by itself when the session is over or locked. */
export function createLiveStream<Schema extends z.ZodType>({
  open,
  schema,
  onEvent,
  onOpen,
  log,
  now,
  setTimer,
  random = Math.random,
}: Collaborators<Schema>) {
  let stop: (() => void) | null = null;

  const read = { since: now(), events: 0, characters: 0 };
  /** After too much was read in one second, stops reading until that second ends, so that a flood waits in the connection. */
  const pace = async (signal: AbortSignal): Promise<void> => {
    const elapsed = now() - read.since;
    const isTooFast = read.events > maxEventsPerSecond || read.characters > maxCharactersPerSecond;
    if (elapsed >= 0 && elapsed < 1000) {
      if (!isTooFast) return;
      await pause(1000 - elapsed, signal, setTimer);
    }
    Object.assign(read, { since: now(), events: 0, characters: 0 });
  };

  const start = () => {
    if (stop) return;
    const abort = new AbortController();
    let failures = 0;
    let cancelRetry: () => void = () => undefined;
    stop = () => {
      cancelRetry();
      abort.abort();
    };
    const retry = () => {
      if (abort.signal.aborted) return;
      const delay = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 0;
      cancelRetry = setTimer(Math.round(delay * (0.75 + random() / 2)), () => void follow());
      failures += 1;
    };
    const follow = async () => {
      let openedAt: number | null = null;
      const countAttempt = () => {
        if (openedAt !== null && now() - openedAt >= stableAfterMs) failures = 0;
      };
      try {
        const stream = await open(abort.signal);
        openedAt = now();
        onOpen();
        const parser = createParser({
          maxBufferSize: maxEventLength,
          onEvent: ({ data }) => {
            read.events += 1;
            const parsed = schema.safeParse(parseJson(data));
            // A newer backend may send events that this console does not know yet.
            if (parsed.success) onEvent(parsed.data);
          },
          onError: ({ type }) => {
            if (type === 'max-buffer-size-exceeded') throw unreadable('event too long');
          },
        });
        stream.setEncoding('utf8');
        for await (const chunk of stream) {
          parser.feed(chunk as string);
          read.characters += (chunk as string).length;
          await pace(abort.signal);
          if (abort.signal.aborted) return;
        }
        countAttempt();
        retry();
      } catch (thrown) {
        if (abort.signal.aborted) return;
        if (isFailure(thrown, 'console.signed-out', 'console.locked', 'session.expired')) {
          stop = null;
          return;
        }
        countAttempt();
        const { code, detail } = isFailure(thrown) ? thrown.failure : { code: 'stream', detail: undefined };
        log.info('live events disconnected', { code, ...(detail !== undefined && { detail }) });
        retry();
      }
    };
    void follow();
  };
  return {
    /** Starts following; does nothing if it is following already. */
    start,
    stop: () => {
      stop?.();
      stop = null;
    },
  };
}

/** Resolves after this many milliseconds, or when the signal aborts. */
async function pause(milliseconds: number, signal: AbortSignal, setTimer: SetTimer): Promise<void> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const cancel = setTimer(milliseconds, end);
  signal.addEventListener('abort', end);
  await ended;
  signal.removeEventListener('abort', end);
  cancel();
}

const unreadable = (detail: string) => new ConsoleFailure('server.answer-invalid', { detail });

function parseJson(text: string): unknown {
  if (hasUnlikelyShape(text)) throw unreadable('event is not JSON');
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('event is not JSON');
  }
}
