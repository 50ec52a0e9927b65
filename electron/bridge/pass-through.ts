import type { Endpoint, EndpointReply, EndpointInput } from '../../shared/api/endpoint.ts';
import { passThroughCalls, practisedCalls } from '../../shared/bridge/contract.ts';
import type { PassThroughCall } from '../../shared/bridge/contract/call.ts';
import { joinGroups } from '../../shared/bridge/join-groups.ts';
import type { Handler } from './handlers.ts';

/** Sends one request to the Reset API in the operator's session. */
export type SessionCall = <E extends Endpoint>(
  endpoint: E,
  input: EndpointInput<E>,
) => Promise<EndpointReply<E>>;

type HandlersOf<Groups> = {
  readonly [G in keyof Groups]: { readonly [N in keyof Groups[G]]: Handler<Groups[G][N]> };
};

function handlersOf<Groups extends object>(groups: Groups, request: SessionCall): HandlersOf<Groups> {
  const handlers = Object.entries(groups as Record<string, Record<string, PassThroughCall>>).map(
    ([group, calls]) => {
      const answers = Object.entries(calls).map(
        ([name, { endpoint }]) => [name, (args: EndpointInput<Endpoint>) => request(endpoint, args)] as const,
      );
      return [group, Object.fromEntries(answers)] as const;
    },
  );
  return Object.fromEntries(handlers) as unknown as HandlersOf<Groups>;
}

/** Makes a handler for every call that an endpoint declares with `bridge`. Practised calls go through `requestInDrill`. */
export const passThroughHandlers = (request: SessionCall, requestInDrill: SessionCall) =>
  joinGroups(handlersOf(passThroughCalls, request), handlersOf(practisedCalls, requestInDrill));
