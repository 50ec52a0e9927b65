import { z } from 'zod';
import { isProtected, type Endpoint } from '../../api/endpoint.ts';
import { proposedAnswer } from '../../api/protected-change-view.ts';

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

/** The schema of what a client of the endpoint gets: its answer, or the proposal that a protected change became. */
type ValueOf<E extends Endpoint> = E extends { protected: { by: 'every-call' | 'weakening' } }
  ? z.ZodUnion<readonly [typeof proposedAnswer, E['answer']]>
  : E['answer'];

/** Declares a call with the input and answer of an endpoint, where main does more than send the request. */
export function callLike<const E extends Endpoint>(endpoint: E): Call<EndpointArgs<E>, ValueOf<E>> {
  const absent = z.undefined().optional();
  const args = z.object({
    params: (endpoint.params ?? absent) as PartOf<E, 'params'>,
    query: (endpoint.query ?? absent) as PartOf<E, 'query'>,
    body: (endpoint.body ?? absent) as PartOf<E, 'body'>,
  });
  const value = isProtected(endpoint) ? z.union([proposedAnswer, endpoint.answer]) : endpoint.answer;
  return { args, value: value as ValueOf<E> };
}

/** A call that main answers with one request to the Reset API and nothing else. */
export interface PassThroughCall<E extends Endpoint = Endpoint> extends Call<EndpointArgs<E>, ValueOf<E>> {
  readonly endpoint: E;
}
