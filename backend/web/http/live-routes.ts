import type { FastifyInstance } from 'fastify';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { followLive, followLocked, type LiveEvent, type LockedEvent } from '../../../shared/api/live.ts';
import type { Scoped } from '../../authorization/account-access.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { canReceive, type Live } from '../../live/live.ts';
import { toLockedEvent } from '../../live/locked-event.ts';
import type { LockedSessions } from '../../operators/locked-sessions.ts';
import type { Sessions } from '../../operators/sessions.ts';
import { Refusal } from '../../refusal.ts';
import type { AnswerRefusal } from './answer-refusal.ts';
import { serveEvents, type EventStream } from './event-stream.ts';
import { invalid } from './problem.ts';
import { originOf, type RequestSession } from './request-session.ts';

interface Collaborators {
  readonly live: Live;
  readonly sessions: Pick<Sessions, 'current'>;
  readonly lockedSessions: LockedSessions;
  readonly countWaiting: (session: OperatorSession) => Promise<number>;
  readonly sessionOf: RequestSession;
  readonly answerRefusal: AnswerRefusal;
}

/**
 * Serves the two endpoints with `events`, as `text/event-stream`. Listening does not count as activity, so it does not keep a
 * session from locking.
 */
export function mountLive(
  server: FastifyInstance,
  { live, sessions, lockedSessions, countWaiting, sessionOf, answerRefusal }: Collaborators,
): void {
  const open = new Set<EventStream>();
  server.addHook('preClose', async () => {
    for (const stream of open) stream.end();
  });
  const optionsOf = (endpoint: Endpoint) => ({
    method: endpoint.method,
    url: `${apiPrefix}${endpoint.path}`,
    exposeHeadRoute: false,
    errorHandler: (thrown: unknown, _request: unknown, reply: Parameters<AnswerRefusal>[1]) =>
      answerRefusal(thrown, reply, endpoint),
  });

  /** Sends an event with a name by the operator's present rights and scope, which may have changed since the last heartbeat. */
  const sendNamed = async (
    stream: EventStream,
    sessionId: string,
    event: LiveEvent,
    account: Scoped,
  ): Promise<void> => {
    try {
      const session = await sessions.current(sessionId);
      if (session !== null && canReceive(session, event, account)) stream.send(event);
    } catch {
      // The console opens the stream again and reads its lists anew.
      stream.end();
    }
  };
  server.route({
    ...optionsOf(followLive),
    handler: async (request, reply) => {
      const session = await sessionOf(request, followLive);
      if (session === null) throw new Refusal('session.missing');
      serveEvents(reply, {
        session,
        currentSession: () => sessions.current(session.id),
        subscribe: (now, stream) => {
          open.add(stream);
          return live.subscribe(now, (event, account) => {
            if (account !== undefined) return void sendNamed(stream, session.id, event, account);
            stream.send(event);
            if (event.type === 'session-ended') stream.end();
          });
        },
        onEnd: (stream) => open.delete(stream),
      });
    },
  });

  const tell = async (
    stream: EventStream,
    session: OperatorSession,
    happened: LockedEvent['happened'],
  ): Promise<void> => {
    try {
      stream.send({ happened, waiting: await countWaiting(session) } satisfies LockedEvent);
    } catch {
      // The console opens the stream again and gets the count with its first event.
      stream.end();
    }
  };
  server.route({
    ...optionsOf(followLocked),
    handler: async (request, reply) => {
      const body = followLocked.body.safeParse(request.body ?? {});
      if (!body.success) throw invalid('body', body.error);
      const session = await lockedSessions.lock(body.data.refreshToken, originOf(request, null));
      serveEvents(reply, {
        session,
        currentSession: () => lockedSessions.current(session.id),
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
    },
  });
}
