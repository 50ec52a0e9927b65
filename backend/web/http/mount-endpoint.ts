import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { limits } from '../../../shared/api/limits.ts';
import type { FileAnswer } from '../../audit/export/file-answer.ts';
import type { EndpointAccess } from '../../authorization/endpoint-access.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { RefusedCalls } from '../../operators/refused-calls.ts';
import { Refusal } from '../../refusal.ts';
import type { AnswerRefusal } from './answer-refusal.ts';
import { sendFile } from './file-answer.ts';
import type { AnyHandler } from './handler.ts';
import { invalid, refusalOf } from './problem.ts';
import { originOf, type RequestSession } from './request-session.ts';

interface Collaborators {
  readonly sessionOf: RequestSession;
  readonly access: EndpointAccess;
  readonly answerRefusal: AnswerRefusal;
  readonly refusedCalls: Pick<RefusedCalls, 'unreadable'>;
  /** Requests a minute from one network to an endpoint without a session. */
  readonly strangersPerMinute: number;
}

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

function streamOf(body: unknown): Readable {
  if (body instanceof Readable) return body;
  throw new Refusal('request.invalid', { detail: 'Send the bytes as application/octet-stream.' });
}

/** The route options for limits that differ from the server's defaults. */
const limitsOf = ({ stream, largeBody, right, method }: Endpoint, strangersPerMinute: number) => ({
  ...(stream === true && { bodyLimit: limits.importFile }),
  ...(largeBody === true && { bodyLimit: limits.largeBody }),
  // Without a session, guesses are limited per network as well as per operator.
  ...(right === null &&
    method !== 'GET' && { config: { rateLimit: { max: strangersPerMinute, timeWindow: 60_000 } } }),
});

/** Adds the route of one endpoint: finds the session, validates the request, calls the handler, validates the answer. */
export function mountEndpoint(
  server: FastifyInstance,
  endpoint: Endpoint,
  handler: AnyHandler,
  { sessionOf, access, answerRefusal, refusedCalls, strangersPerMinute }: Collaborators,
): void {
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
      unread.set(request, await sessionOf(request, endpoint));
    },
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
        stream: endpoint.stream === true ? streamOf(request.body) : null,
        idempotencyKey: endpoint.idempotent === true ? idempotencyKey(request) : null,
        gone: gone.signal,
      };
      unread.delete(request);
      if (session !== null) await access.assert(endpoint, { ...call, session });
      const answer = await handler(call);
      if (endpoint.file !== undefined) return sendFile(reply, endpoint, answer as FileAnswer);
      return reply
        .header('Cache-Control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(endpoint.answer.parse(answer)));
    },
  });
}
