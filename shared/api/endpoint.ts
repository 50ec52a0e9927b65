import type { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';
import type { Right } from './operator.ts';

type Fields = z.ZodObject;

/**
 * One call of the Reset API. `right` names what the operator must be allowed to do; `null` needs no session at all, and
 * `session` needs only a live one. `secret` answers are never cached nor kept.
 */
export interface Endpoint<
  Params extends Fields = Fields,
  Query extends Fields = Fields,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly right: Right | 'session' | null;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The request carries a stream of bytes instead of JSON. */
  readonly stream?: boolean;
  /** The JSON may be as long as `limits.largeBody`. */
  readonly largeBody?: boolean;
  /** Answers with server-sent events, each of which is one `answer`, until either side hangs up. */
  readonly events?: boolean;
  /** Answers with a file of one of these media types instead of JSON; `answer` is then never used. */
  readonly file?: readonly string[];
  /** Carries an `Idempotency-Key` header: a repeated call is answered, not repeated. */
  readonly idempotent?: boolean;
  readonly answer: Answer;
  readonly secret?: boolean;
  readonly errors: readonly ErrorCode[];
}

/** Declares an endpoint and keeps its exact types. */
export const endpoint = <const E extends Endpoint>(declared: E): E => declared;

type Part<E, Name extends string> =
  E extends Record<Name, infer S extends z.ZodType>
    ? {} extends z.input<S>
      ? { [N in Name]?: z.input<S> }
      : { [N in Name]: z.input<S> }
    : { [N in Name]?: undefined };

/** What a caller hands over: only the parts that the endpoint declares. */
export type EndpointInput<E> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'>;

/** What the endpoint answers. */
export type EndpointAnswer<E> = E extends { answer: infer A extends z.ZodType } ? z.output<A> : never;

export const apiPrefix = '/api/v1';
export const apiVersion = 1;
