import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints, type EndpointName } from '../../../shared/api/endpoints.ts';
import { limits } from '../../../shared/api/limits.ts';
import { inDrill, type PractisedName } from '../../../shared/api/practised.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { EndpointAccess } from '../../authorization/endpoint-access.ts';
import type { IsProved } from '../../authorization/recent-proof.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Live } from '../../live/live.ts';
import { networkOf } from '../../network/addresses.ts';
import type { LockedSessions } from '../../operators/locked-sessions.ts';
import type { ProtectedChanges } from '../../protected-changes/protected-changes-port.ts';
import type { RefusedCalls } from '../../operators/refused-calls.ts';
import type { RefusedTokens } from '../../operators/refused-tokens.ts';
import type { Sessions } from '../../operators/sessions.ts';
import { Refusal } from '../../refusal.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import { createAnswerRefusal, retryAfterSeconds, type AnswerRefusal } from './answer-refusal.ts';
import type { AllHandlers, AnyHandler } from './handler.ts';
import { mountLive } from './live-routes.ts';
import { mountEndpoint } from './mount-endpoint.ts';
import { createRequestSession } from './request-session.ts';
import type { BackChannelLogout } from '../../operators/provider/back-channel-logout.ts';
import { mountBackChannelLogout } from './mount-back-channel-logout.ts';
import { createBasePath } from './below-a-path.ts';
import type { ServerNotices } from './server-notices.ts';
import type { WaitingServer } from './waiting-server.ts';
import { warnAboutProxies } from './warn-about-proxies.ts';

interface Connection {
  /** Certificate and key in PEM; without them the server speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is trusted; empty by default. */
  readonly trustProxy?: string;
  /** The value of `Strict-Transport-Security`; not sent by default. */
  readonly hsts?: string;
  /** A server that listens already; its requests wait until Fastify is ready. */
  readonly ahead?: WaitingServer;
}

interface Collaborators extends Connection {
  readonly handlers: AllHandlers;
  /** The handlers of the practised endpoints, which a drill's desk answers. */
  readonly practisedHandlers: ReadonlyMap<PractisedName, AnyHandler>;
  readonly sessions: Sessions;
  readonly isProved: IsProved;
  readonly access: EndpointAccess;
  readonly protectedChanges: Pick<ProtectedChanges, 'pass'>;
  readonly lockedSessions: LockedSessions;
  /** Counts the requests that this operator can answer. */
  readonly countWaiting: (session: OperatorSession) => Promise<number>;
  readonly live: Live;
  readonly version: string;
  /** Whether a change is possible, and if not, why; returns within two seconds. */
  readonly readiness: () => Promise<{ readonly ready: boolean; readonly reason?: string }>;
  /** Requests a minute from one network with one name or token to an endpoint without a session. */
  readonly strangersPerMinute: number;
  /** Calls of one session in ten seconds. */
  readonly callsPerSession: number;
  readonly refusedCalls: RefusedCalls;
  readonly refusedTokens: RefusedTokens;
  /** The public URL, if one is configured. */
  readonly configuredUrl?: string;
  readonly notices: Pick<ServerNotices, 'add'>;
  readonly backChannelLogout: BackChannelLogout;
  /** Adds the endpoints that account sources call, in their own Fastify scopes. */
  readonly sources: (server: FastifyInstance, answerRefusal: AnswerRefusal) => Promise<void>;
  /** Logs an unexpected error under its reference; never receives the request's content. */
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
  /** Logs a refusal whose code its endpoint does not declare. */
  readonly onUndeclared: (endpoint: string, code: ErrorCode) => void;
  /** Adds the pages for users, in a scope of their own. */
  readonly pages: (server: FastifyInstance) => Promise<void>;
}

const refuseSchemas = () => {
  throw new Error('Endpoints are checked by the schemas of shared/api, not by those of Fastify.');
};

/** Fastify with the product's headers and limits, and no routes yet. */
async function openFastify(
  { tls, trustProxy = '', hsts, ahead }: Connection,
  answerRefusal: AnswerRefusal,
  basePath: ReturnType<typeof createBasePath>,
): Promise<FastifyInstance> {
  const options = {
    bodyLimit: limits.body,
    // A longer parameter reaches its endpoint, which refuses it like any other invalid one. Node limits the whole head to 16 kB. A trailing slash
    // after a mailed link leads to the same page.
    routerOptions: { maxParamLength: 16 * 1024, ignoreTrailingSlash: true },
    // Handles addresses that cannot be decoded.
    frameworkErrors: (thrown: unknown, _request: unknown, reply: FastifyReply) => {
      void answerRefusal(thrown, reply, null);
    },
    clientErrorHandler: answerUnreadable,
    forceCloseConnections: 'idle',
    // The bundle leaves out Fastify's own compilers of schemas (build/backend.vite.config.ts).
    schemaController: {
      compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas },
    },
    rewriteUrl: basePath.rewriteUrl,
    // SECURITY: a client could otherwise name any address as its own and evade the limits per network.
    trustProxy: trustProxy === '' ? false : trustProxy,
  } as const;
  const server: FastifyInstance = tls
    ? (Fastify({ ...options, https: { ...tls, minVersion: 'TLSv1.2' } }) as unknown as FastifyInstance)
    : Fastify({ ...options, ...(ahead && { serverFactory: ahead.serverFactory }) });
  basePath.register(server);
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], formAction: ["'self'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Browsers would refuse plain HTTP for the whole name, other services included. So a setting decides.
    strictTransportSecurity: false,
  });
  if (hsts !== undefined) {
    server.addHook('onRequest', (_request, reply, done) => {
      reply.header('Strict-Transport-Security', hsts);
      done();
    });
  }
  await server.register(rateLimit, { global: false, keyGenerator: ({ ip }) => networkOf(ip) });
  server.addContentTypeParser('application/octet-stream', (_request, payload, done) => {
    done(null, payload);
  });
  return server;
}

const sessionWindowMs = 10_000;

/** Limits the calls of one session, on all endpoints together. */
function createSessionLimit(
  server: FastifyInstance,
  callsPerSession: number,
): (request: FastifyRequest, session: OperatorSession) => Promise<void> {
  const sessionIds = new WeakMap<FastifyRequest, string>();
  const limit = server.createRateLimit({
    max: callsPerSession,
    timeWindow: sessionWindowMs,
    keyGenerator: (request) => sessionIds.get(request) ?? '',
  });
  return async (request, { id }) => {
    sessionIds.set(request, id);
    const counted = await limit(request);
    if (!counted.isAllowed && counted.isExceeded) throw new Refusal('request.rate-limited');
  };
}

/** Serves the Reset API, its description, the health check and the pages for users. It does not listen yet. */
export async function createHttpServer({
  handlers,
  practisedHandlers,
  sessions,
  isProved,
  access,
  protectedChanges,
  lockedSessions,
  countWaiting,
  live,
  version,
  readiness,
  strangersPerMinute,
  callsPerSession,
  refusedCalls,
  refusedTokens,
  configuredUrl,
  notices,
  backChannelLogout,
  sources,
  onUnexpected,
  onUndeclared,
  pages,
  ...connection
}: Collaborators): Promise<FastifyInstance> {
  const answerRefusal = createAnswerRefusal({ onUnexpected, onUndeclared });
  const server = await openFastify(connection, answerRefusal, createBasePath(configuredUrl));
  warnAboutProxies(server, { publicUrl: configuredUrl, notices });
  server.setErrorHandler((thrown, _request, reply) => answerRefusal(thrown, reply, null));
  server.setNotFoundHandler((_request, reply) =>
    answerRefusal(new Refusal('request.not-found'), reply, null),
  );

  const sessionOf = createRequestSession({ sessions, isProved, refusedCalls, refusedTokens });
  const limitSession = createSessionLimit(server, callsPerSession);
  const mounting = {
    sessionOf,
    access,
    protectedChanges,
    answerRefusal,
    refusedCalls,
    strangersPerMinute,
    limitSession,
  };
  // The type of the handlers ties each to its endpoint, and `mountEndpoint` validates what it passes to them.
  for (const [name, handler] of Object.entries(handlers as unknown as Record<EndpointName, AnyHandler>))
    mountEndpoint(server, endpoints[name as EndpointName] as Endpoint, handler, mounting);
  for (const [name, handler] of practisedHandlers)
    mountEndpoint(server, inDrill(endpoints[name]), handler, mounting);
  mountLive(server, { live, sessions, lockedSessions, countWaiting, sessionOf, answerRefusal });

  await mountBackChannelLogout(server, { logout: backChannelLogout, callsPerMinute: strangersPerMinute });

  await sources(server, answerRefusal);

  // The pages do not handle unknown API paths, because they would answer with HTML.
  for (const path of ['/api', '/api/*'])
    server.all(path, (request, reply) =>
      request.method === 'HEAD'
        ? reply.code(405).header('Allow', 'GET').send()
        : answerRefusal(new Refusal('request.not-found'), reply, null),
    );

  let document: string | undefined;
  server.get('/openapi.json', async (_request, reply) => {
    // Loaded and generated at the first request, so that it does not delay the start.
    const { openApi } = await import('./openapi.ts');
    document ??= JSON.stringify(openApi(version));
    return reply.type('application/json').send(document);
  });
  // Liveness: answered without the database, so that a supervisor does not restart a backend whose database is unreachable.
  server.get('/healthz', async (_request, reply) =>
    reply.header('Cache-Control', 'no-store').send({ status: 'ok' }),
  );
  server.get('/readyz', async (_request, reply) => {
    const { ready, reason } = await readiness();
    reply.header('Cache-Control', 'no-store');
    if (ready) return reply.send({ status: 'ready' });
    return reply.code(503).header('Retry-After', retryAfterSeconds).send({ status: 'unavailable', reason });
  });
  await server.register(pages);
  return server;
}
