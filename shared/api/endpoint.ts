import type { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';
import type { Right } from './operator.ts';
import type { ProposedAnswer } from './protected-change-view.ts';
import type { AuditAction } from './timeline.ts';

type Fields = z.ZodObject;

/** What a request names. The account behind it must be in the operator's scope. `mail` and `text` are messages of the outbox. */
export type ScopedSubject =
  'account' | 'case' | 'reset' | 'approval' | 'flag' | 'held-change' | 'required-reset' | 'mail' | 'text';

/**
 * How an operator's scope limits an endpoint; the backend enforces it before the handler is called.
 *
 * - A subject: its account must be in the scope. `refusal` is the action of the refused event. `others` is the right without which a case
 *   must be the operator's own.
 * - `operator`: the scope of the operator in question, and the scope that they are given, must lie within the scope.
 * - `rows`: every operator gets an answer, in which the handler leaves out or marks the accounts that are out of scope.
 * - `everything`: all accounts are concerned, so the operator must have no scope.
 * - `nothing`: no account is concerned.
 */
export type ScopeRule =
  | { readonly by: ScopedSubject; readonly refusal?: AuditAction; readonly others?: Right }
  | { readonly by: 'operator' | 'rows' | 'everything' }
  | { readonly by: 'nothing'; readonly because: string };

/**
 * Whether a change needs a second administrator, where the policy asks for one and the desk has one.
 *
 * - `every-call`: every call that changes something.
 * - `weakening`: calls that weaken a protection or give rights; others take effect at once. The act's description in the backend decides.
 * - `nothing`: no call does. Every writing endpoint with an administrator's right says so with its reason.
 */
export type ProtectionRule =
  { readonly by: 'every-call' | 'weakening' } | { readonly by: 'nothing'; readonly because: string };

/** One endpoint of the Reset API: all that the backend, the console's main process and `/openapi.json` know about it. */
export interface Endpoint<
  Params extends Fields = Fields,
  Query extends Fields = Fields,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** The name under which the endpoint is exported; its handler in the backend has the same name. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: `/${string}`;
  /** For readers of `/openapi.json`: what the endpoint does, starting with a verb. */
  readonly summary: string;
  /** The right that the operator needs; `session` needs any signed-in operator, `null` no session. */
  readonly right: Right | 'session' | null;
  readonly scope: ScopeRule;
  /**
   * The endpoint weakens a protection or gives rights. `recent`: the operator must have proved their identity within the policy's
   * `operatorSession.reauthenticateAfter`; the backend enforces it before the body is read. `in-decision`: the handler asks for a proof in the
   * transaction that decides, with a time of its own.
   */
  readonly proof?: 'recent' | 'in-decision';
  /**
   * The call may answer with status 202 and {@link ProposedAnswer} instead of `answer`: it takes effect once another administrator approves it. Its
   * body and parameters are kept sealed until then.
   */
  readonly protected?: ProtectionRule;
  /**
   * Opens the endpoint to the page of the console as `bridge.GROUP.NAME`: main passes the call on in the operator's session and
   * adds nothing. The page cannot reach an endpoint without it.
   */
  readonly bridge?: `${string}.${string}`;
  /** A drill has a double of the endpoint, on a desk of its own; see {@link inDrill} in `practised.ts`. */
  readonly practised?: true;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The request carries a stream of bytes instead of JSON. */
  readonly stream?: boolean;
  /** The JSON may have up to `limits.largeBody` bytes instead of `limits.body`. */
  readonly largeBody?: boolean;
  /** Answers with server-sent events, each of which is one `answer`, until either side closes the connection. */
  readonly events?: boolean;
  /** Answers with a file of one of these media types instead of JSON; `answer` is not used. */
  readonly file?: readonly string[];
  /** Requires an `Idempotency-Key` header: a repeated request gets the first answer and has no second effect. */
  readonly idempotent?: boolean;
  readonly answer: Answer;
  /** The answer holds a secret: the console must not keep or log it. */
  readonly secret?: boolean;
  /** The codes that the handler can refuse with. */
  readonly errors: readonly ErrorCode[];
}

/** Declares an endpoint and keeps its exact types. */
export const endpoint = <const E extends Endpoint>(declared: E): E => declared;

/** The endpoints among the exports of a module of this folder. */
export type EndpointsOf<Module> = {
  readonly [N in keyof Module as Module[N] extends Endpoint ? N : never]: Module[N];
};

type Part<E, Name extends string> =
  E extends Record<Name, infer S extends z.ZodType>
    ? {} extends z.input<S>
      ? { [N in Name]?: z.input<S> }
      : { [N in Name]: z.input<S> }
    : { [N in Name]?: undefined };

/** What a client of the API sends: only the parts that the endpoint declares. */
export type EndpointInput<E> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'>;

/** What the endpoint's handler answers. */
export type EndpointAnswer<E> = E extends { answer: infer A extends z.ZodType } ? z.output<A> : never;

/** What a client of the API gets: the answer, or the proposal that a protected change became. */
export type EndpointReply<E> = E extends { protected: { by: 'every-call' | 'weakening' } }
  ? EndpointAnswer<E> | ProposedAnswer
  : EndpointAnswer<E>;

/** Whether calls of the endpoint may need a second administrator. */
export const isProtected = ({ protected: rule }: Pick<Endpoint, 'protected'>): boolean =>
  rule !== undefined && rule.by !== 'nothing';

/**
 * The header with the random id that a console keeps. Wrong passwords elsewhere do not lock an operator out of a console with which they have signed in.
 */
export const deviceHeader = 'x-reset-desk-device';

export const apiPrefix = '/api/v1';
export const apiVersion = 1;
/** The oldest version of the API that this backend still speaks. */
export const oldestApiVersion = 1;
