import { z } from 'zod';
import type { Endpoint } from '../../api/endpoint.ts';

/** One call across the bridge: what goes in, what comes out. `null` for nothing. */
export interface Call<A extends z.ZodType = z.ZodType, V extends z.ZodType = z.ZodType> {
  readonly args: A;
  readonly value: V;
}

/** A call of main's own. */
export const call = <A extends z.ZodType, V extends z.ZodType>(args: A, value: V): Call<A, V> => ({
  args,
  value,
});
/** Nothing goes in, or comes out. */
export const nothing = z.null();

type PartOf<E, Name extends string> =
  E extends Record<Name, infer S extends z.ZodType> ? S : z.ZodOptional<z.ZodUndefined>;

/** A call that is one endpoint of the Reset API and nothing more: same input, same answer. */
export function apiCall<const E extends Endpoint>(endpoint: E) {
  const absent = z.undefined().optional();
  const args = z.object({
    params: (endpoint.params ?? absent) as PartOf<E, 'params'>,
    query: (endpoint.query ?? absent) as PartOf<E, 'query'>,
    body: (endpoint.body ?? absent) as PartOf<E, 'body'>,
  });
  return { args, value: endpoint.answer as E['answer'], endpoint };
}
