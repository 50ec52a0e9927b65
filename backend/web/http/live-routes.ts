import type { FastifyInstance, FastifyRequest } from 'fastify';
import { apiPrefix } from '../../../shared/api/endpoint.ts';
import { followLive, followLocked, type LockedEvent } from '../../../shared/api/live.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Live } from '../../live/live.ts';
import { toLockedEvent } from '../../live/locked-event.ts';
import type { LockedSessions } from '../../operators/locked-sessions.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Sessions } from '../../operators/sessions.ts';
import { serveEvents, type EventStream } from './event-stream.ts';
import { invalid } from './problem.ts';

interface Collaborators {
  readonly live: Live;
  readonly sessions: Pick<Sessions, 'current'>;
  readonly lockedSessions: LockedSessions;
  readonly countWaiting: (session: OperatorSession) => Promise<number>;
  readonly sessionOf: (request: FastifyRequest) => Promise<OperatorSession>;
  readonly fromOf: (request: FastifyRequest) => Omit<Origin, 'actor'>;
}

/** The live events over HTTP, as `text/event-stream`. Listening is no activity: it does not keep a session from locking. */
export function mountLive(
  server: FastifyInstance,
  { live, sessions, lockedSessions, countWaiting, sessionOf, fromOf }: Collaborators,
): void {
  const open = new Set<EventStream>();
  server.addHook('preClose', async () => {
    for (const stream of open) stream.end();
  });

  server.get(`${apiPrefix}${followLive.path}`, async (request, reply) => {
    const session = await sessionOf(request);
    serveEvents(reply, {
      session,
      lookAgain: () => sessions.current(session.id),
      subscribe: (now, stream) => {
        open.add(stream);
        return live.subscribe(now, (event) => {
          stream.send(event);
          if (event.type === 'session-ended') stream.end();
        });
      },
      onEnd: (stream) => open.delete(stream),
    });
  });

  server.post(`${apiPrefix}${followLocked.path}`, async (request, reply) => {
    const asked = followLocked.body.safeParse(request.body ?? {});
    if (!asked.success) throw invalid('body', asked.error);
    const session = await lockedSessions.lock(asked.data.refreshToken, fromOf(request));
    const tell = async (
      stream: EventStream,
      to: OperatorSession,
      happened: LockedEvent['happened'],
    ): Promise<void> => {
      try {
        stream.send({ happened, waiting: await countWaiting(to) } satisfies LockedEvent);
      } catch {
        // The console opens it again, and is told how it stands.
        stream.end();
      }
    };
    serveEvents(reply, {
      session,
      lookAgain: () => lockedSessions.current(session.id),
      subscribe: (now, stream) => {
        open.add(stream);
        void tell(stream, session, null);
        return live.subscribe(now, (event) => {
          if (event.type === 'session-ended') return stream.end();
          const happened = toLockedEvent(event);
          if (happened !== undefined) void tell(stream, now(), happened);
        });
      },
      onEnd: (stream) => open.delete(stream),
    });
  });
}
