import type { FastifyRequest } from 'fastify';
import type { ProvedSource, SourceTokens } from '../../accounts/sources/source-tokens.ts';
import { ScimError } from '../../accounts/scim/protocol/scim-error.ts';
import type { EventWindows } from '../../store/event-windows.ts';

interface Collaborators {
  readonly sourceTokens: Pick<SourceTokens, 'prove'>;
  readonly eventWindows: Pick<EventWindows, 'recordStranger'>;
  /** Throws if the network has shown too many wrong tokens. */
  readonly limitWrong: (request: FastifyRequest) => Promise<void>;
  /** Throws if the token is used too often. */
  readonly limitToken: (request: FastifyRequest, tokenId: string) => Promise<void>;
}

const valueOf = ({ headers }: FastifyRequest): string | null =>
  /^Bearer +([\w.~+/=-]{20,200}) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;

/** Finds the source whose token a request has; its wrong tokens are counted apart from those of operators. */
export const createProveSource =
  ({ sourceTokens, eventWindows, limitWrong, limitToken }: Collaborators) =>
  async (request: FastifyRequest, sourceId: string): Promise<ProvedSource> => {
    const value = valueOf(request);
    const proved = value === null ? null : await sourceTokens.prove(sourceId, value);
    if (proved !== null) {
      await limitToken(request, proved.tokenId);
      return proved;
    }
    await limitWrong(request);
    await eventWindows.recordStranger({
      key: 'source token',
      origin: {
        actor: { kind: 'system' },
        clientAddress: request.ip,
        client: request.headers['user-agent']?.slice(0, 200) ?? null,
      },
      event: {
        action: 'source.token-refused',
        outcome: 'refused',
        facts: { why: value === null ? 'missing' : 'wrong' },
      },
    });
    throw new ScimError(401, value === null ? 'Send the token of the source.' : 'The token is not valid.');
  };
