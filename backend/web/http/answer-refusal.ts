import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { possibleErrors } from '../../../shared/api/possible-errors.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { Refusal } from '../../refusal.ts';
import { problemOf, refusalOf } from './problem.ts';

/** Most outages of a database are a restart or a failover, which take a few seconds. */
export const retryAfterSeconds = 5;

interface Collaborators {
  /** Logs an unexpected error under the reference that the client gets. */
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
  /** Logs a refusal whose code the endpoint does not declare. The client still gets the code. */
  readonly onUndeclared: (endpoint: string, code: ErrorCode) => void;
}

/** Answers an error of a request with problem details. `endpoint` is null if the path has none. */
export type AnswerRefusal = (thrown: unknown, reply: FastifyReply, endpoint: Endpoint | null) => FastifyReply;

export function createAnswerRefusal({ onUnexpected, onUndeclared }: Collaborators): AnswerRefusal {
  return (thrown, reply, endpoint) => {
    const reference = randomUUID().slice(0, 8);
    const refusal = refusalOf(thrown) ?? new Refusal('internal.unexpected');
    const isFault = refusal.code === 'internal.unexpected' || refusal.code.startsWith('storage.');
    if (isFault) onUnexpected(reference, thrown);
    if (endpoint !== null && !possibleErrors(endpoint).has(refusal.code))
      onUndeclared(endpoint.id, refusal.code);
    const problem = problemOf(refusal, reference);
    if (problem.status === 503) reply.header('Retry-After', retryAfterSeconds);
    return reply
      .code(problem.status)
      .header('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  };
}
