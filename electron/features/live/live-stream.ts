import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import { isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';

interface Collaborators<Schema extends z.ZodType> {
  /** Opens the stream in the operator's session; rejects while there is none. */
  readonly open: (signal: AbortSignal) => Promise<Readable>;
  readonly schema: Schema;
  readonly onEvent: (event: z.output<Schema>) => void;
  /** The stream is there (again): what happened meanwhile has to be read. */
  readonly onOpen: () => void;
  readonly log: Log;
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

/** Milliseconds between two tries: soon at first, since a restart of the backend takes less than a second. */
const retryDelaysMs = [250, 500, 1000, 2000, 5000, 10_000] as const;

/** Follows the backend's live events while an operator is at work, and takes them up again whenever the stream breaks. */
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
    const gone = new AbortController();
    let failures = 0;
    let cancel: () => void = () => undefined;
    stop = () => {
      cancel();
      gone.abort();
    };
    const again = () => {
      if (gone.signal.aborted) return;
      cancel = setTimer(
        retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 10_000,
        () => void follow(),
      );
      failures += 1;
    };
    const follow = async () => {
      try {
        const stream = await open(gone.signal);
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
        again();
      } catch (thrown) {
        if (gone.signal.aborted) return;
        if (isFailure(thrown, 'console.signed-out', 'console.locked', 'session.expired')) {
          stop = null;
          return;
        }
        log.info('live events broke off', { code: isFailure(thrown) ? thrown.code : 'stream' });
        again();
      }
    };
    void follow();
  };
  return {
    /** Begins to follow, unless it does already. */
    start,
    stop: () => {
      stop?.();
      stop = null;
    },
  };
}
