import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import { isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../../services/timers/timers.ts';

interface Collaborators<Schema extends z.ZodType> {
  /** Opens the stream in the operator's session; rejects without a session. */
  readonly open: (signal: AbortSignal) => Promise<Readable>;
  readonly schema: Schema;
  readonly onEvent: (event: z.output<Schema>) => void;
  /** The stream is connected, for the first time or again. Events in between are lost, so their effects have to be read. */
  readonly onOpen: () => void;
  readonly log: Log;
  readonly setTimer: SetTimer;
}

/** The first ones are short because the backend restarts in under a second. The last one repeats. */
const retryDelaysMs = [250, 500, 1000, 2000, 5000, 10_000] as const;

/** Follows server-sent events and reconnects when the stream breaks; stops by itself when the session is over or locked. */
export function createLiveStream<Schema extends z.ZodType>({
  open,
  schema,
  onEvent,
  onOpen,
  log,
  setTimer,
}: Collaborators<Schema>) {
  let stop: (() => void) | null = null;

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
      const delay = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 10_000;
      cancelRetry = setTimer(delay, () => void follow());
      failures += 1;
    };
    const follow = async () => {
      try {
        const stream = await open(abort.signal);
        failures = 0;
        onOpen();
        const parser = createParser({
          onEvent: ({ data }) => {
            const parsed = schema.safeParse(JSON.parse(data));
            // A newer backend may send events that this console does not know yet.
            if (parsed.success) onEvent(parsed.data);
          },
        });
        stream.setEncoding('utf8');
        for await (const chunk of stream) parser.feed(chunk as string);
        retry();
      } catch (thrown) {
        if (abort.signal.aborted) return;
        if (isFailure(thrown, 'console.signed-out', 'console.locked', 'session.expired')) {
          stop = null;
          return;
        }
        log.info('live events disconnected', { code: isFailure(thrown) ? thrown.code : 'stream' });
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
