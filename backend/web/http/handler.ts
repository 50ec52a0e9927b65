import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { EndpointAnswer, EndpointsOf } from '../../../shared/api/endpoint.ts';
import type { Endpoints } from '../../../shared/api/endpoints.ts';
import type { Origin } from '../../store/append-event.ts';
import type { FileAnswer } from '../../audit/export/file-answer.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';

type Parsed<E, Name extends string> =
  E extends Record<Name, infer S extends z.ZodType> ? z.output<S> : undefined;

/** One validated request, in the form for its handler. */
export interface Call<E> {
  readonly params: Parsed<E, 'params'>;
  readonly query: Parsed<E, 'query'>;
  readonly body: Parsed<E, 'body'>;
  /** Actor and address of the request, for the audit log. */
  readonly origin: Origin;
  readonly session: E extends { right: null } ? null : OperatorSession;
  /** The request's bytes, where the endpoint is declared with `stream`. */
  readonly stream: E extends { stream: true } ? Readable : null;
  readonly idempotencyKey: E extends { idempotent: true } ? string : null;
  /** Aborted when the client closes the connection before the answer. */
  readonly gone: AbortSignal;
}

/** Answers one endpoint. It refuses by throwing a `Refusal` with a code that the endpoint declares. */
export type Handler<E> = (
  call: Call<E>,
) => Promise<E extends { file: readonly string[] } ? FileAnswer : EndpointAnswer<E>>;

/**
 * A handler for each endpoint of a module of `shared/api`, or of several as an intersection. A missing, misspelt or foreign
 * handler does not compile. Endpoints with `events` have none: `live-routes.ts` serves them.
 */
export type Handlers<Module> = {
  readonly [N in keyof EndpointsOf<Module> as Module[N] extends { events: true } ? never : N]: Handler<
    Module[N]
  >;
};

/** A handler for every endpoint of the Reset API. */
export type AllHandlers = Handlers<Endpoints>;

/** The groups, or an error type if two of them answer the same endpoint. */
type Disjoint<Groups extends readonly object[], Seen = never> = Groups extends readonly [
  infer First,
  ...infer Rest extends readonly object[],
]
  ? [keyof First & Seen] extends [never]
    ? Disjoint<Rest, Seen | keyof First>
    : { readonly twoHandlersFor: keyof First & Seen }
  : unknown;

type Joined<Groups extends readonly object[]> = Groups extends readonly [
  infer First,
  ...infer Rest extends readonly object[],
]
  ? First & Joined<Rest>
  : unknown;

/** Joins groups of handlers. Two handlers for one endpoint do not compile. */
export const joinHandlers = <Groups extends readonly object[]>(
  ...groups: Groups & Disjoint<Groups>
): Joined<Groups> => Object.assign({}, ...groups) as Joined<Groups>;

/** A handler without the types of its endpoint, as the server calls it. */
export type AnyHandler = (call: {
  params: unknown;
  query: unknown;
  body: unknown;
  origin: Origin;
  session: OperatorSession | null;
  stream: Readable | null;
  idempotencyKey: string | null;
  gone: AbortSignal;
}) => Promise<unknown>;
