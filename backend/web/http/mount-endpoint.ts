import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { apiPrefix, isProtected, type Endpoint } from '../../../shared/api/endpoint.ts';
import { limits } from '../../../shared/api/limits.ts';
import { proposedAnswer, type ProtectedAct } from '../../../shared/api/protected-change-view.ts';
import type { FileAnswer } from '../../audit/export/file-answer.ts';
import type { EndpointAccess } from '../../authorization/endpoint-access.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { networkOf } from '../../network/addresses.ts';
import type { RefusedCalls } from '../../operators/refused-calls.ts';
import type { ProtectedChanges } from '../../protected-changes/protected-changes-port.ts';
import { Refusal } from '../../refusal.ts';
import type { AnswerRefusal } from './answer-refusal.ts';
import { sendFile } from './file-answer.ts';
import type { AnyHandler } from './handler.ts';
import { limitedBody } from './limited-body.ts';
import { invalid, refusalOf } from './problem.ts';
import { originOf, type RequestSession } from './request-session.ts';

interface Collaborators {
  readonly sessionOf: RequestSession;
  readonly access: EndpointAccess;
  readonly protectedChanges: Pick<ProtectedChanges, 'pass'>;
  readonly answerRefusal: AnswerRefusal;
  readonly refusedCalls: Pick<RefusedCalls, 'unreadable'>;
  /** Requests a minute from one network with one name or token to an endpoint without a session. */
  readonly strangersPerMinute: number;
  /** Throws `request.rate-limited` for a session that calls too often. */
  readonly limitSession: (request: FastifyRequest, session: OperatorSession) => Promise<void>;
}

/** How many names or tokens of a network may reach their limit at the same time, because an office is behind one address. */
const networkFactor = 10;

/** The person or token that a request without a session names; hashed, since it may be a secret. */
const subjectOf = (body: unknown): string => {
  const { userName, refreshToken, ticket } = (body ?? {}) as Readonly<Record<string, unknown>>;
  return createHash('sha256')
    .update(JSON.stringify([userName ?? refreshToken ?? ticket ?? null]).toLowerCase())
    .digest('base64');
};

const parse = (part: string, schema: z.ZodType | undefined, value: unknown): unknown => {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(part, parsed.error);
};

/** The key is printable ASCII, so that it can be written to a log. */
function idempotencyKey({ headers }: FastifyRequest): string {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && /^[\x21-\x7e]{8,200}$/.test(key)) return key;
  throw new Refusal('request.invalid', {
    detail: 'Send an Idempotency-Key of 8 to 200 printable characters.',
  });
}

/** The route options for limits that differ from the server's defaults. */
const limitsOf = ({ largeBody, right, method }: Endpoint, strangersPerMinute: number) => ({
  ...(largeBody === true && { bodyLimit: limits.largeBody }),
  // Without a session, guesses are limited per network as well as per operator; see `limitGuesses` for one name.
  ...(right === null &&
    method !== 'GET' && {
      config: { rateLimit: { max: strangersPerMinute * networkFactor, timeWindow: 60_000 } },
    }),
});

/** Limits the requests without a session from one network with one name or token. */
function limitGuesses(
  server: FastifyInstance,
  strangersPerMinute: number,
): (request: FastifyRequest) => Promise<void> {
  const guesses = { max: strangersPerMinute, timeWindow: 60_000 };
  const limit = server.createRateLimit({
    ...guesses,
    keyGenerator: ({ ip, body }) => `${networkOf(ip)} ${subjectOf(body)}`,
  });
  return async (request) => {
    const counted = await limit(request);
    if (!counted.isAllowed && counted.isExceeded) throw new Refusal('request.rate-limited');
  };
}

const answerJson = (reply: FastifyReply, answer: unknown) =>
  reply
    .header('Cache-Control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(answer));

/** Adds the route of one endpoint: finds the session, validates the request, calls the handler, validates the answer. */
export function mountEndpoint(
  server: FastifyInstance,
  endpoint: Endpoint,
  handler: AnyHandler,
  collaborators: Collaborators,
): void {
  const { sessionOf, access, protectedChanges, answerRefusal, refusedCalls } = collaborators;
  const { strangersPerMinute, limitSession } = collaborators;
  /** The session of a request that has not been validated yet. */
  const unread = new WeakMap<FastifyRequest, OperatorSession | null>();
  server.route({
    method: endpoint.method,
    url: `${apiPrefix}${endpoint.path}`,
    // No client sends HEAD, and a second route for each endpoint would slow down every start.
    exposeHeadRoute: false,
    ...limitsOf(endpoint, strangersPerMinute),
    // Runs before the body is read, so that a client without a session learns nothing about valid requests.
    onRequest: async (request) => {
      const session = await sessionOf(request, endpoint);
      unread.set(request, session);
      if (session !== null) await limitSession(request, session);
    },
    ...(endpoint.right === null &&
      endpoint.method !== 'GET' && { preHandler: limitGuesses(server, strangersPerMinute) }),
    errorHandler: async (thrown, request, reply) => {
      const session = unread.get(request) ?? null;
      const { caseId = null } = (request.params ?? {}) as { caseId?: string };
      const code = refusalOf(thrown)?.code;
      if (session !== null && code !== undefined && endpoint.method !== 'GET')
        await refusedCalls.unreadable(originOf(request, session), endpoint.id, code, caseId);
      return answerRefusal(thrown, reply, endpoint);
    },
    handler: async (request, reply) => {
      const session = unread.get(request) ?? null;
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
        stream: endpoint.stream === true ? limitedBody(request, limits.importFile) : null,
        idempotencyKey: endpoint.idempotent === true ? idempotencyKey(request) : null,
        gone: gone.signal,
      };
      unread.delete(request);
      if (session !== null) await access.assert(endpoint, { ...call, session });
      if (session !== null && isProtected(endpoint)) {
        const act = endpoint.id as ProtectedAct;
        const passed = await protectedChanges.pass({ ...call, act, session }, () => handler(call));
        return 'proposed' in passed
          ? answerJson(reply.code(202), proposedAnswer.parse(passed.proposed))
          : answerJson(reply, endpoint.answer.parse(passed.answer));
      }
      const answer = await handler(call);
      if (endpoint.file !== undefined) return sendFile(reply, endpoint, answer as FileAnswer);
      return answerJson(reply, endpoint.answer.parse(answer));
    },
  });
}
