import type { FastifyRequest } from 'fastify';
import { deviceHeader, type Endpoint } from '../../../shared/api/endpoint.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { IsProved } from '../../authorization/recent-proof.ts';
import type { RefusedCalls } from '../../operators/refused-calls.ts';
import type { RefusedTokens } from '../../operators/refused-tokens.ts';
import type { Sessions } from '../../operators/sessions.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';

/** The console's own random id; null if it sends none. */
const deviceOf = ({ headers }: FastifyRequest): string | null => {
  const given = headers[deviceHeader];
  return typeof given === 'string' && /^[\w-]{20,100}$/.test(given) ? given : null;
};

/** The origin of a request for the audit log: the operator of the session, or the system where there is no session. */
export const originOf = (request: FastifyRequest, session: OperatorSession | null): Origin => ({
  actor: session
    ? { kind: 'operator', id: session.operator.id, name: session.operator.displayName }
    : { kind: 'system' },
  clientAddress: request.ip,
  client: request.headers['user-agent']?.slice(0, 200) ?? null,
  device: deviceOf(request),
});

interface Collaborators {
  readonly sessions: Pick<Sessions, 'find'>;
  /** Both record a refusal before it is answered. */
  readonly refusedCalls: Pick<RefusedCalls, 'notPermitted'>;
  readonly refusedTokens: Pick<RefusedTokens, 'record'>;
  readonly isProved: IsProved;
}

/** Finds the session of a request and checks the endpoint's right and its proof. Null for an endpoint without a session. */
export type RequestSession = (request: FastifyRequest, endpoint: Endpoint) => Promise<OperatorSession | null>;

export function createRequestSession({
  sessions,
  refusedCalls,
  refusedTokens,
  isProved,
}: Collaborators): RequestSession {
  const refuse = async (request: FastifyRequest, session: OperatorSession, call: string, code: ErrorCode) => {
    await refusedCalls.notPermitted(originOf(request, session), call, code);
    throw new Refusal(code);
  };
  const findSession = async (token: string | null): Promise<OperatorSession> => {
    if (token === null) throw new Refusal('session.missing');
    return sessions.find(token);
  };
  return async (request, { id, right, proof }) => {
    if (right === null) return null;
    const [, token = null] = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '') ?? [];
    const session = await findSession(token).catch(async (thrown: unknown) => {
      if (thrown instanceof Refusal)
        await refusedTokens.record(originOf(request, null), id, thrown.code, token);
      throw thrown;
    });
    if (right !== 'session' && !session.rights.has(right)) {
      await refuse(request, session, id, 'session.not-permitted');
    }
    if (proof === 'recent' && !(await isProved(session)))
      await refuse(request, session, id, 'session.reauthentication-required');
    return session;
  };
}
