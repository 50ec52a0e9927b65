import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ProvedSource, SourceTokens } from '../../accounts/sources/source-tokens.ts';
import { ScimError } from '../../accounts/scim/protocol/scim-error.ts';
import { networkOf } from '../../network/addresses.ts';
import type { Origin } from '../../store/append-event.ts';
import type { EventWindows } from '../../store/event-windows.ts';

interface Collaborators {
  readonly sourceTokens: Pick<SourceTokens, 'prove'>;
  readonly eventWindows: Pick<EventWindows, 'recordStranger'>;
  /** The maximum number of calls with wrong tokens per minute from one network. */
  readonly wrongTokensPerMinute: number;
}

/** The window of {@link callsPerToken}, in milliseconds. */
const tokenWindowMs = 10_000;
/** The maximum number of calls with one token. Entra ID sends up to 25 calls per second. */
const callsPerToken = 600;

/** The caller for the audit log. A source is not an operator. */
export const originOfSource = (request: FastifyRequest): Origin => ({
  actor: { kind: 'system' },
  clientAddress: request.ip,
  client: request.headers['user-agent']?.slice(0, 200) ?? null,
});

const valueOf = ({ headers }: FastifyRequest): string | null =>
  /^Bearer +([\w.~+/=-]{20,200}) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;

const tooMany = (seconds: number) => new ScimError(429, 'Too many calls.', { retryAfter: seconds });

/** Finds the source of a request's token. Throws `ScimError`. */
export type ProveSource = (request: FastifyRequest, sourceId: string) => Promise<ProvedSource>;

/** Counts wrong tokens separately from those of operators. Wrong tokens do not block valid ones from the same network. */
export function createProveSource(
  server: FastifyInstance,
  { sourceTokens, eventWindows, wrongTokensPerMinute }: Collaborators,
): ProveSource {
  const tokenOf = new WeakMap<FastifyRequest, string>();
  const wrong = server.createRateLimit({
    max: wrongTokensPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ ip }) => `source ${networkOf(ip)}`,
  });
  const perToken = server.createRateLimit({
    max: callsPerToken,
    timeWindow: tokenWindowMs,
    keyGenerator: (request) => `source token ${tokenOf.get(request) ?? ''}`,
  });
  return async (request, sourceId) => {
    const value = valueOf(request);
    const proved = value === null ? null : await sourceTokens.prove(sourceId, value);
    if (proved !== null) {
      tokenOf.set(request, proved.tokenId);
      const counted = await perToken(request);
      if (!counted.isAllowed && counted.isExceeded) throw tooMany(tokenWindowMs / 1000);
      return proved;
    }
    const counted = await wrong(request);
    if (!counted.isAllowed && counted.isExceeded) throw tooMany(60);
    await eventWindows.recordStranger({
      key: 'source token',
      origin: originOfSource(request),
      event: {
        action: 'source.token-refused',
        outcome: 'refused',
        facts: { why: value === null ? 'missing' : 'wrong' },
      },
    });
    throw new ScimError(401, value === null ? 'Send the token of the source.' : 'The token is not valid.');
  };
}
