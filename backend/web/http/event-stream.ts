import type { FastifyReply } from 'fastify';
import type { OperatorSession } from '../../authorization/operator-session.ts';

/** Milliseconds between two heartbeats. Each checks the session, so a stream ends at most this long after a sign-out. */
const heartbeat = 10_000;

interface Listening {
  readonly session: OperatorSession;
  /** Reads the session again; null when it is over, which ends the stream. */
  readonly currentSession: () => Promise<OperatorSession | null>;
  /** Adds a listener. The returned function removes it. */
  readonly subscribe: (session: () => OperatorSession, stream: EventStream) => () => void;
  readonly onEnd: (stream: EventStream) => void;
}

/** One console's `text/event-stream`. */
export interface EventStream {
  readonly send: (event: object) => void;
  readonly end: () => void;
}

/** Sends events until either side closes the connection or the session is over. */
export function serveEvents(
  reply: FastifyReply,
  { session: first, currentSession, subscribe, onEnd }: Listening,
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
    void currentSession().then(
      (current) => {
        if (current === null) return end();
        session = current;
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
  const unsubscribe = subscribe(() => session, stream);
  function end(): void {
    clearInterval(beat);
    unsubscribe();
    onEnd(stream);
    raw.end();
  }
  raw.once('close', end);
}
