import type { FastifyInstance, FastifyRequest } from 'fastify';
import { apiPrefix } from '../../shared/api/endpoint.ts';
import { followLive } from '../../shared/api/live.ts';
import type { Live } from '../live/live.ts';
import type { OperatorSession } from '../operators/operator-session.ts';
import type { Sessions } from '../operators/sessions.ts';

/** Milliseconds between two signs of life, at which the session is looked at again: a stream outlives no sign-out by more. */
const heartbeat = 10_000;

interface Collaborators {
  readonly live: Live;
  readonly sessions: Pick<Sessions, 'current'>;
  readonly sessionOf: (request: FastifyRequest) => Promise<OperatorSession>;
}

/** The live events over HTTP, as `text/event-stream`. Listening is no activity: it does not keep a session from locking. */
export function mountLive(server: FastifyInstance, { live, sessions, sessionOf }: Collaborators): void {
  const open = new Set<() => void>();
  server.addHook('preClose', async () => {
    for (const end of open) end();
  });
  server.get(`${apiPrefix}${followLive.path}`, async (request, reply) => {
    let session = await sessionOf(request);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    raw.write(': listening\n\n');
    const leave = live.subscribe(
      () => session,
      (event) => {
        raw.write(`data: ${JSON.stringify(event)}\n\n`);
        if (event.type === 'session-ended') end();
      },
    );
    const beat = setInterval(() => {
      void sessions.current(session.id).then(
        (now) => {
          if (now === null) return end();
          session = now;
          raw.write(': still here\n\n');
        },
        () => end(),
      );
    }, heartbeat);
    function end(): void {
      clearInterval(beat);
      leave();
      open.delete(end);
      raw.end();
    }
    open.add(end);
    raw.once('close', end);
  });
}
