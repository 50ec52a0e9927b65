import type { FastifyInstance, FastifyRequest } from 'fastify';
import { feedPath } from '../../../shared/api/account-sources.ts';
import { limits } from '../../../shared/api/limits.ts';
import { ScimError } from '../../accounts/scim/protocol/scim-error.ts';
import type { FileFeeds } from '../../accounts/file-feeds/file-feeds.ts';
import type { ProvedSource } from '../../accounts/sources/source-tokens.ts';
import { Refusal } from '../../refusal.ts';
import type { AnswerRefusal } from '../http/answer-refusal.ts';
import { limitedBody } from '../http/limited-body.ts';
import { originOfSource, type ProveSource } from './prove-source.ts';

interface Collaborators {
  readonly fileFeeds: Pick<FileFeeds, 'keep'>;
  readonly prove: ProveSource;
  readonly answerRefusal: AnswerRefusal;
}

/** Converts the refusal of a token to an error of the Reset API. */
const refusalOf = (thrown: unknown): unknown => {
  if (!(thrown instanceof ScimError)) return thrown;
  return new Refusal(thrown.status === 429 ? 'request.rate-limited' : 'session.missing', {
    detail: thrown.message,
  });
};

/** The file name in the client's query: `?name=staff.csv`. */
const nameOf = ({ query }: FastifyRequest): string => {
  const { name } = query as { readonly name?: unknown };
  return typeof name === 'string' ? name : '';
};

/** Accepts files of sources. Clients authenticate with a source's token, so this is not an endpoint of the Reset API, whose callers are operators. */
export async function mountFeed(
  server: FastifyInstance,
  { fileFeeds, prove, answerRefusal }: Collaborators,
): Promise<void> {
  await server.register((scope, _options, done) => {
    const proved = new WeakMap<FastifyRequest, ProvedSource>();
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, parsed) => {
      parsed(null, payload);
    });
    scope.setErrorHandler((thrown, _request, reply) => {
      const refusal = refusalOf(thrown);
      if (refusal instanceof Refusal && refusal.code === 'session.missing')
        reply.header('WWW-Authenticate', 'Bearer realm="Reset Desk"');
      return answerRefusal(refusal, reply, null);
    });
    scope.route({
      method: ['POST', 'PUT'],
      url: feedPath(':sourceId'),
      // Runs before the body is read.
      onRequest: async (request) => {
        proved.set(request, await prove(request, (request.params as { sourceId: string }).sourceId));
      },
      handler: async (request, reply) => {
        const by = proved.get(request);
        if (by === undefined) throw new Refusal('session.missing');
        const bytes = limitedBody(request, limits.importFile);
        const upload = { name: nameOf(request), bytes, tokenId: by.tokenId };
        const fileName = await fileFeeds.keep(by.source, upload, originOfSource(request));
        return reply.code(202).header('Cache-Control', 'no-store').send({ fileName });
      },
    });
    done();
  });
}
