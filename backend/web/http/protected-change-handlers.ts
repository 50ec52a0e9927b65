import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import type * as protectedChangeApi from '../../../shared/api/protected-change.ts';
import type { EndpointAccess } from '../../authorization/endpoint-access.ts';
import type { Perform, ProtectedChanges } from '../../protected-changes/protected-changes-port.ts';
import { Refusal } from '../../refusal.ts';
import type { AllHandlers, AnyHandler, Handlers } from './handler.ts';
import { invalid } from './problem.ts';

interface Collaborators {
  readonly protectedChanges: ProtectedChanges;
  readonly access: EndpointAccess;
  /** All handlers, which include these. */
  readonly handlers: () => AllHandlers;
}

/** Changes that wait for a second administrator, over HTTP. An approved one is performed by the handler of its endpoint. */
export function createProtectedChangeHandlers({
  protectedChanges,
  access,
  handlers,
}: Collaborators): Handlers<typeof protectedChangeApi> {
  const perform: Perform = async (act, { params, body, session, origin }) => {
    const endpoint: Endpoint = endpoints[act];
    // The proposer's rights and scope may have changed since, and an update of the backend may have changed the request's schema.
    if (endpoint.right !== null && endpoint.right !== 'session' && !session.rights.has(endpoint.right))
      throw new Refusal('session.not-permitted');
    const parsed = endpoint.body?.safeParse(body);
    if (parsed?.success === false) throw invalid('body', parsed.error);
    const call = { params, query: undefined, body: parsed?.data, origin, session };
    await access.assert(endpoint, call);
    // The type of the handlers ties each to its endpoint.
    const handler = handlers()[act] as unknown as AnyHandler;
    return handler({ ...call, stream: null, idempotencyKey: null, gone: new AbortController().signal });
  };
  return {
    listProtectedChanges: ({ session }) => protectedChanges.list(session),
    decideProtectedChange: async ({ params, body, session, origin }) => ({
      change: await protectedChanges.decide(params.changeId, body, session, origin, perform),
    }),
    withdrawProtectedChange: async ({ params, session, origin }) => ({
      change: await protectedChanges.withdraw(params.changeId, session, origin),
    }),
  };
}
