import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { scimPath } from '../../../shared/api/account-sources.ts';
import { limits } from '../../../shared/api/limits.ts';
import { errorBody, ScimError } from '../../accounts/scim/protocol/scim-error.ts';
import type { ScimUsers } from '../../accounts/scim/users/scim-users.ts';
import type { ProvedSource } from '../../accounts/sources/source-tokens.ts';
import { retryAfterSeconds } from '../http/answer-refusal.ts';
import { refusalOf } from '../http/problem.ts';
import { answerScim } from './answer-scim.ts';
import { originOfSource, type ProveSource } from './prove-source.ts';

interface Collaborators {
  readonly scimUsers: ScimUsers;
  readonly prove: ProveSource;
  readonly publicUrl: () => string;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

const scimType = 'application/scim+json';

/** Converts a thrown value to an error for the client. Logs unexpected ones. */
function errorOf(thrown: unknown, onUnexpected: Collaborators['onUnexpected']): ScimError {
  if (thrown instanceof ScimError) return thrown;
  const refusal = refusalOf(thrown);
  if (refusal?.code === 'request.too-large') return new ScimError(413, 'The body is too large.');
  if (refusal?.code === 'request.rate-limited')
    return new ScimError(429, 'Too many calls.', { retryAfter: retryAfterSeconds });
  if (refusal !== null && !refusal.code.startsWith('storage.'))
    return new ScimError(400, 'The request cannot be read.', { scimType: 'invalidSyntax' });
  onUnexpected('scim', thrown);
  return refusal === null
    ? new ScimError(500, 'The request failed. The server’s log has the reason.')
    : new ScimError(503, 'The database does not answer.', { retryAfter: retryAfterSeconds });
}

/**
 * Serves SCIM 2.0 (RFC 7644) with one base path for each source. SCIM is not part of the Reset API: its paths, media type and errors follow the
 * standard, and clients authenticate with a source's token instead of an operator's.
 */
export async function mountScim(
  server: FastifyInstance,
  { scimUsers, prove, publicUrl, onUnexpected }: Collaborators,
): Promise<void> {
  const sendError = (reply: FastifyReply, error: ScimError) => {
    if (error.retryAfter !== null) reply.header('Retry-After', error.retryAfter);
    if (error.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="Reset Desk"');
    return reply
      .code(error.status)
      .header('Cache-Control', 'no-store')
      .type(scimType)
      .send(JSON.stringify(errorBody(error)));
  };

  await server.register((scope, _options, done) => {
    const proved = new WeakMap<FastifyRequest, ProvedSource>();
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      /^application\/(scim\+)?json/i,
      { parseAs: 'string', bodyLimit: limits.body },
      (_request, body, parsed) => {
        try {
          // A deletion or a misconfigured client may send a media type without a body.
          parsed(null, String(body) === '' ? undefined : (JSON.parse(String(body)) as unknown));
        } catch {
          parsed(new ScimError(400, 'The body is not valid JSON.', { scimType: 'invalidSyntax' }));
        }
      },
    );
    scope.setErrorHandler((thrown, _request, reply) => sendError(reply, errorOf(thrown, onUnexpected)));
    const route = (url: string) =>
      scope.route({
        method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
        url,
        exposeHeadRoute: false,
        // Runs before the body is read, so that a client without a token learns nothing.
        onRequest: async (request) => {
          proved.set(request, await prove(request, (request.params as { sourceId: string }).sourceId));
        },
        handler: async (request, reply) => {
          const by = proved.get(request);
          if (by === undefined) throw new ScimError(401, 'Send the token of the source.');
          const { '*': rest = '' } = request.params as Record<string, string>;
          const { status, body, headers } = await answerScim(
            {
              method: request.method,
              segments: rest.split('/').filter((segment) => segment !== ''),
              query: request.query as Readonly<Record<string, unknown>>,
              body: request.body,
              ifMatch: request.headers['if-match'] ?? null,
              ifNoneMatch: request.headers['if-none-match'] ?? null,
              base: `${publicUrl().replace(/\/$/u, '')}${scimPath(by.source.id)}`,
              by: {
                ...by,
                origin: originOfSource(request),
              },
            },
            scimUsers,
          );
          reply.code(status).header('Cache-Control', 'no-store').headers(headers);
          return body === null ? reply.send() : reply.type(scimType).send(JSON.stringify(body));
        },
      });
    for (const url of [scimPath(':sourceId'), `${scimPath(':sourceId')}/*`]) route(url);
    done();
  });
}
