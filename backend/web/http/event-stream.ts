import type { FastifyReply } from 'fastify';
import type { OperatorSession } from '../../authorization/operator-session.ts';

/** Milliseconds between two signs of life, at which the session is looked at again: a stream outlives no sign-out by more. */
const heartbeat = 10_000;

interface Listening {
  readonly session: OperatorSession;
  /** The session as it stands now, or null when it is over, and the stream with it. */
  readonly lookAgain: () => Promise<OperatorSession | null>;
  /** Listens until the returned function is called. */
  readonly subscribe: (session: () => OperatorSession, stream: EventStream) => () => void;
  readonly onEnd: (stream: EventStream) => void;
}

/** One console's `text/event-stream`. */
export interface EventStream {
  readonly send: (event: object) => void;
  readonly end: () => void;
}

/** Serves events until either side hangs up or the session is over. */
export function serveEvents(
  reply: FastifyReply,
  { session: first, lookAgain, subscribe, onEnd }: Listening,
): void {
  let session = first;
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  raw.write(': listening\n\n');
  const beat = setInterval(() => {
    void lookAgain().then(
      (now) => {
        if (now === null) return end();
        session = now;
        raw.write(': still here\n\n');
      },
      () => end(),
    );
  }, heartbeat);
  const stream: EventStream = {
    send: (event) => {
      if (!raw.writableEnded) raw.write(`data: ${JSON.stringify(event)}\n\n`);
    },
    end,
  };
  const leave = subscribe(() => session, stream);
  function end(): void {
    clearInterval(beat);
    leave();
    onEnd(stream);
    raw.end();
  }
  raw.once('close', end);
}
