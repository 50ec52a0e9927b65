import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { EndpointAnswer } from '../../../shared/api/endpoint.ts';
import type { endpoints } from '../../../shared/api/endpoints.ts';
import type { Origin } from '../../store/append-event.ts';
import type { FileAnswer } from '../../audit/export/file-answer.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';

type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;

type Parsed<E, Name extends string> =
  E extends Record<Name, infer S extends z.ZodType> ? z.output<S> : undefined;

/** One request, validated: what a handler gets. */
export interface Call<E> {
  readonly params: Parsed<E, 'params'>;
  readonly query: Parsed<E, 'query'>;
  readonly body: Parsed<E, 'body'>;
  /** Who asks, from where: what the audit log needs. */
  readonly origin: Origin;
  readonly session: E extends { right: null } ? null : OperatorSession;
  /** The bytes of an endpoint that is declared as a stream. */
  readonly stream: E extends { stream: true } ? Readable : null;
  readonly idempotencyKey: E extends { idempotent: true } ? string : null;
  /** Aborted when the caller has gone. */
  readonly gone: AbortSignal;
}

export type Handler<E> = (
  call: Call<E>,
) => Promise<E extends { file: readonly string[] } ? FileAnswer : EndpointAnswer<E>>;

/** The handlers of one resource, by endpoint. A resource's file exports one function that makes these from its services. */
export type Handlers<Names extends EndpointName> = { readonly [N in Names]: Handler<Endpoints[N]> };

/** What every handler is given; each endpoint narrows it to what it declares. */
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
