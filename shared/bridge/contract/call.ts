import { z } from 'zod';
import type { Endpoint } from '../../api/endpoint.ts';

/** One call across the bridge: the schemas of its argument and of its value; `null` for nothing. */
export interface Call<A extends z.ZodType = z.ZodType, V extends z.ZodType = z.ZodType> {
  readonly args: A;
  readonly value: V;
}

/** Declares a call that main answers with a handler of its own. */
export const call = <A extends z.ZodType, V extends z.ZodType>(args: A, value: V): Call<A, V> => ({
  args,
  value,
});
/** The schema of a missing argument or value. */
export const nothing = z.null();

type PartOf<E, Name extends string> =
  E extends Record<Name, infer S extends z.ZodType> ? S : z.ZodOptional<z.ZodUndefined>;

type EndpointArgs<E> = z.ZodObject<{
  params: PartOf<E, 'params'>;
  query: PartOf<E, 'query'>;
  body: PartOf<E, 'body'>;
}>;

/** Declares a call with the input and answer of an endpoint, where main does more than send the request. */
export function callLike<const E extends Endpoint>(endpoint: E): Call<EndpointArgs<E>, E['answer']> {
  const absent = z.undefined().optional();
  const args = z.object({
    params: (endpoint.params ?? absent) as PartOf<E, 'params'>,
    query: (endpoint.query ?? absent) as PartOf<E, 'query'>,
    body: (endpoint.body ?? absent) as PartOf<E, 'body'>,
  });
  return { args, value: endpoint.answer };
}

/** A call that main answers with one request to the Reset API and nothing else. */
export interface PassThroughCall<E extends Endpoint = Endpoint> extends Call<EndpointArgs<E>, E['answer']> {
  readonly endpoint: E;
}
