import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { limits } from '../../../shared/api/limits.ts';
import { inDrill, practised, type PractisedName } from '../../../shared/api/practised.ts';
import type { Origin } from '../../store/append-event.ts';
import type { LockedSessions } from '../../operators/locked-sessions.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { RefusedCalls } from '../../operators/refused-calls.ts';
import type { RefusedTokens } from '../../operators/refused-tokens.ts';
import type { Sessions } from '../../operators/sessions.ts';
import { networkOf } from '../../network/network-of.ts';
import { Refusal } from '../../refusal.ts';
import type { Live } from '../../live/live.ts';
import type { FileAnswer } from '../../audit/export/file-answer.ts';
import { sendFile } from './file-answer.ts';
import type { AnyHandler, EndpointName, Handlers } from './handler.ts';
import { mountLive } from './live-routes.ts';
import { invalid, problemOf, refusalOf } from './problem.ts';

interface Collaborators {
  readonly handlers: Partial<Handlers<EndpointName>>;
  /** The doubles of some calls below a drill. */
  readonly practisedHandlers: ReadonlyMap<PractisedName, AnyHandler>;
  readonly sessions: Sessions;
  readonly lockedSessions: LockedSessions;
  /** Requests that an operator can answer. */
  readonly countWaiting: (session: OperatorSession) => Promise<number>;
  readonly live: Live;
  readonly version: string;
  /** Whether the database answers. */
  readonly healthy: () => Promise<boolean>;
  /** Calls of one computer in a minute that need no session and hash a password. */
  readonly strangersPerMinute: number;
  /** What is refused here is recorded before it is answered. */
  readonly refusedCalls: RefusedCalls;
  readonly refusedTokens: RefusedTokens;
  /** What nobody foresaw, for the log; never the request's content. */
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
  /** The pages for users, in a scope of their own. */
  readonly pages: (server: FastifyInstance) => Promise<void>;
  /** Certificate and key in PEM; without them the server speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Addresses and networks of proxies that may say which computer a request comes from. */
  readonly trustProxy?: string;
}

const parse = (part: string, schema: z.ZodType | undefined, value: unknown): unknown => {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(part, parsed.error);
};

/** Printable ASCII: what a key may be made of, so that it can stand in a log. */
function idempotencyKey({ headers }: FastifyRequest): string {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && /^[\x21-\x7e]{8,200}$/.test(key)) return key;
  throw new Refusal('request.invalid', {
    detail: 'Send an Idempotency-Key of 8 to 200 printable characters.',
  });
}

/** The Reset API over HTTP: one route for each declared endpoint that has a handler. */
export async function createServer({
  handlers,
  practisedHandlers,
  sessions,
  lockedSessions,
  countWaiting,
  live,
  version,
  healthy,
  strangersPerMinute,
  refusedCalls,
  refusedTokens,
  onUnexpected,
  pages,
  tls,
  trustProxy = '',
}: Collaborators): Promise<FastifyInstance> {
  const options = {
    bodyLimit: limits.body,
    forceCloseConnections: 'idle',
    // Without it anybody could say to be somebody else, and no limit per computer would hold.
    trustProxy: trustProxy === '' ? false : trustProxy,
  } as const;
  const server: FastifyInstance = tls
    ? (Fastify({ ...options, https: { ...tls, minVersion: 'TLSv1.2' } }) as unknown as FastifyInstance)
    : Fastify(options);
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], formAction: ["'self'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await server.register(rateLimit, { global: false, keyGenerator: ({ ip }) => networkOf(ip) });
  server.addContentTypeParser('application/octet-stream', (_request, payload, done) => {
    done(null, payload);
  });

  const answerProblem = (thrown: unknown, reply: FastifyReply) => {
    const reference = randomUUID().slice(0, 8);
    const refusal = refusalOf(thrown) ?? new Refusal('internal.unexpected');
    if (refusal.code === 'internal.unexpected') onUnexpected(reference, thrown);
    const problem = problemOf(refusal, reference);
    return reply
      .code(problem.status)
      .header('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  };
  server.setErrorHandler((thrown, _request, reply) => answerProblem(thrown, reply));
  server.setNotFoundHandler((_request, reply) => answerProblem(new Refusal('request.not-found'), reply));

  const findSession = async (token: string | null): Promise<OperatorSession> => {
    if (token === null) throw new Refusal('session.missing');
    return sessions.find(token);
  };
  const sessionOf = async (
    request: FastifyRequest,
    { id, right }: Endpoint,
  ): Promise<OperatorSession | null> => {
    if (right === null) return null;
    const [, token = null] = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '') ?? [];
    const session = await findSession(token).catch(async (thrown: unknown) => {
      if (thrown instanceof Refusal)
        await refusedTokens.record(originOf(request, null), id, thrown.code, token);
      throw thrown;
    });
    if (right !== 'session' && !session.rights.has(right)) {
      await refusedCalls.notPermitted(originOf(request, session), id);
      throw new Refusal('session.not-permitted');
    }
    return session;
  };

  const originOf = (request: FastifyRequest, session: OperatorSession | null): Origin => ({
    actor: session
      ? { kind: 'operator', id: session.operator.id, name: session.operator.displayName }
      : { kind: 'system' },
    clientAddress: request.ip,
    client: request.headers['user-agent']?.slice(0, 200) ?? null,
  });

  const mount = (endpoint: Endpoint, handler: AnyHandler) => {
    /** Who asks, until their call has been read. */
    const asking = new WeakMap<FastifyRequest, OperatorSession | null>();
    const sessionIn = (request: FastifyRequest) => asking.get(request) ?? null;
    server.route({
      method: endpoint.method,
      url: `${apiPrefix}${endpoint.path}`,
      // Nobody asks for the head of an answer alone; a second route for each would be built at every start.
      exposeHeadRoute: false,
      ...(endpoint.stream === true && { bodyLimit: limits.importFile }),
      ...(endpoint.largeBody === true && { bodyLimit: limits.largeBody }),
      // What anybody may call and what hashes a password: guesses are slowed per computer as well as per operator.
      ...(endpoint.right === null &&
        endpoint.method !== 'GET' && {
          config: { rateLimit: { max: strangersPerMinute, timeWindow: 60_000 } },
        }),
      // First who asks: a stranger learns nothing about what a good request looks like, and nothing that they send is read.
      onRequest: async (request) => {
        asking.set(request, await sessionOf(request, endpoint));
      },
      errorHandler: async (thrown, request, reply) => {
        const session = sessionIn(request);
        const { caseId = null } = (request.params ?? {}) as { caseId?: string };
        const code = refusalOf(thrown)?.code;
        if (session !== null && code !== undefined && endpoint.method !== 'GET')
          await refusedCalls.unreadable(originOf(request, session), endpoint.id, code, caseId);
        return answerProblem(thrown, reply);
      },
      handler: async (request, reply) => {
        const session = sessionIn(request);
        const gone = new AbortController();
        request.raw.once('close', () => {
          if (!reply.raw.writableEnded) gone.abort();
        });
        const call = {
          params: parse('params', endpoint.params, request.params),
          query: parse('query', endpoint.query, request.query),
          body: parse('body', endpoint.body, request.body ?? {}),
          origin: originOf(request, session),
          session,
          stream: endpoint.stream === true ? streamOf(request.body) : null,
          idempotencyKey: endpoint.idempotent === true ? idempotencyKey(request) : null,
          gone: gone.signal,
        };
        asking.delete(request);
        const answer = await handler(call);
        if (endpoint.file !== undefined) return sendFile(reply, endpoint, answer as FileAnswer);
        return reply
          .header('Cache-Control', 'no-store')
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(endpoint.answer.parse(answer)));
      },
    });
  };
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const handler = handlers[name as EndpointName];
    // The map's type has tied each handler to its endpoint; the parsing above keeps that promise.
    if (handler) mount(endpoint, handler as unknown as AnyHandler);
  }
  for (const [name, handler] of practisedHandlers) mount(inDrill(practised[name]), handler);

  mountLive(server, {
    live,
    sessions,
    lockedSessions,
    countWaiting,
    fromOf: (request) => originOf(request, null),
    sessionOf: async (request) => {
      const session = await sessionOf(request, endpoints.followLive);
      if (session === null) throw new Refusal('session.missing');
      return session;
    },
  });

  let document: string | undefined;
  server.get('/openapi.json', async (_request, reply) => {
    // Written when somebody asks for it.
    const { openApi } = await import('./openapi.ts');
    document ??= JSON.stringify(openApi(version, [...Object.keys(handlers), 'followLive', 'followLocked']));
    return reply.type('application/json').send(document);
  });
  server.get('/healthz', async (_request, reply) => {
    const healthyNow = await healthy().catch(() => false);
    return reply
      .code(healthyNow ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({ status: healthyNow ? 'ok' : 'unavailable' });
  });
  await server.register(pages);
  return server;
}

function streamOf(body: unknown): Readable {
  if (body instanceof Readable) return body;
  throw new Refusal('request.invalid', { detail: 'Send the bytes as application/octet-stream.' });
}
