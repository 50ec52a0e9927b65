import type { z } from 'zod';
import type { Endpoint, EndpointAnswer, EndpointInput } from '../../shared/api/endpoint.ts';
import type { Handler } from './handlers.ts';

/** Makes one call to the Reset API in the operator's session. */
export type SessionCall = <E extends Endpoint>(
  endpoint: E,
  input: EndpointInput<E>,
) => Promise<EndpointAnswer<E>>;

interface ApiCall {
  readonly args: z.ZodType;
  readonly value: z.ZodType;
  readonly endpoint: Endpoint;
}

type NamesOf<Calls> = {
  [N in keyof Calls]: Calls[N] extends { endpoint: Endpoint } ? N : never;
}[keyof Calls];

/**
 * Handlers for the named calls, each of which is one endpoint and nothing more. Named one by one, so that a new call is not
 * open to the page before somebody has said so.
 */
export function passThrough<Calls extends object, N extends NamesOf<Calls>>(
  calls: Calls,
  names: readonly N[],
  callApi: SessionCall,
): { readonly [K in N]: Handler<Calls[K]> } {
  const handlers = names.map((name) => {
    const { endpoint } = calls[name] as ApiCall;
    return [name, (args: unknown) => callApi(endpoint, args as EndpointInput<Endpoint>)] as const;
  });
  return Object.fromEntries(handlers) as { [K in N]: Handler<Calls[K]> };
}
