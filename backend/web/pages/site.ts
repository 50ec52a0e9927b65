import { createHash } from 'node:crypto';
import { identifierKey } from '../../text/identifier-steps.ts';
import { networkOf } from '../../network/addresses.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Origin } from '../../store/append-event.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { UserSession, UserSessions } from '../../self-service/user-sessions.ts';
import { withBasePath } from '../http/below-a-path.ts';
import type { Brand } from './brand.ts';
import { createCookies } from './cookies.ts';
import { createFormResults, type FormResults } from './form-results.ts';
import { assertSameOrigin } from './same-origin.ts';

type Answer = unknown;

interface RouteOptions {
  /** Limits one network to 60 requests a minute, for requests that hash a password or look up a link or an account. */
  readonly limited?: boolean;
}

/** The shared functions of the pages. Pages are registered only here, so that each has the checks that all need. */
export interface Site {
  /** Milliseconds. */
  readonly now: () => number;
  /** Registers a page. Its answers are never cached, and its content security policy allows only our own style sheet and script. */
  get(
    path: string,
    handle: (request: FastifyRequest, reply: FastifyReply) => Answer,
    options?: RouteOptions,
  ): void;
  /**
   * Registers a form. Forms that another site sent are refused, and so is every body that is not a form. `fields` reads the fields; a field that is
   * missing, repeated or too long must not fail it.
   */
  form<Fields>(
    path: string,
    fields: z.ZodType<Fields>,
    handle: (request: FastifyRequest, reply: FastifyReply, form: Fields) => Answer,
    options?: RouteOptions,
  ): void;
  /** Sends a page. */
  page(reply: FastifyReply, text: string, status?: number): FastifyReply;
  readonly results: FormResults;
  clientOf(request: FastifyRequest): Omit<Origin, 'actor'>;
  /** The client that fetches a mailed link's address; null for HEAD, which records nothing, because only mail scanners and previews send it. */
  fetchedBy(request: FastifyRequest): Omit<Origin, 'actor'> | null;
  originOf(request: FastifyRequest, account: AccountRow): Origin;
  /** The session of the request's cookie; null without a session or if it has expired. */
  session(request: FastifyRequest): Promise<UserSession | null>;
  /** Opens a session for a user who has just signed in, and redirects. */
  startSession(
    request: FastifyRequest,
    reply: FastifyReply,
    account: AccountRow,
    stage: { readonly mustChange: boolean; readonly needsCode?: boolean },
    to: string,
  ): Promise<FastifyReply>;
  /** Deletes the cookies of the session. */
  clearSession(reply: FastifyReply): FastifyReply;
}

/** A form whose fields cannot be read. */
export class UnreadableForm extends Error {
  readonly statusCode = 400;
}

const cookieName = 'reset_desk_user';
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
  // With `no-referrer` browsers would send `Origin: null` with our own forms. Other sites are told nothing either way.
  'Referrer-Policy': 'same-origin',
} as const;

/** The person that a request is about, according to its form or link; hashed, since it may be a secret. */
const subjectOf = ({ method, url, body }: FastifyRequest): string => {
  const { userName, address, token } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const named = userName ?? address;
  // Independent of notation, so that another notation does not count as another person.
  const identifier = typeof named === 'string' ? identifierKey(named) : undefined;
  const said = identifier ?? token ?? (method === 'GET' ? url : null);
  return createHash('sha256')
    .update(JSON.stringify([said]).toLowerCase())
    .digest('base64');
};

/** Guesses are limited for one person in a network, and for the network by {@link networkPerMinute}, because an office is behind one address. */
const guesses = { max: 60, timeWindow: 60_000 };
const perMinute = {
  config: {
    rateLimit: {
      ...guesses,
      hook: 'preHandler',
      keyGenerator: (request: FastifyRequest) => `${networkOf(request.ip)} ${subjectOf(request)}`,
    },
  },
} as const;
const networkPerMinute = 600;

class TooManyRequests extends Error {
  readonly statusCode = 429;
}

/** Limits the forms that one network sends. */
function limitNetwork(server: FastifyInstance): void {
  const limit = server.createRateLimit({ max: networkPerMinute, timeWindow: 60_000 });
  server.addHook('onRequest', async (request) => {
    if (request.method !== 'POST') return;
    const counted = await limit(request);
    if (!counted.isAllowed && counted.isExceeded) throw new TooManyRequests();
  });
}

const optionsOf = ({ limited = false }: RouteOptions = {}) => (limited ? perMinute : {});

interface Collaborators {
  readonly sessions: UserSessions;
  readonly sealed: Sealed;
  readonly brand: Brand;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

export function createSite(
  server: FastifyInstance,
  { sessions, sealed, brand, publicUrl, now }: Collaborators,
): Site {
  const cookies = createCookies(publicUrl);
  const results = createFormResults(cookies, { sealed, now });
  const clientOf = (request: FastifyRequest): Omit<Origin, 'actor'> => ({
    clientAddress: request.ip,
    client: request.headers['user-agent']?.slice(0, 200) ?? null,
  });
  // Redirects and failures have the headers as well.
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
    await brand.refresh();
  });
  brand.serve(server);
  limitNetwork(server);
  return {
    now,
    results,
    clientOf,
    fetchedBy: (request) => (request.method === 'HEAD' ? null : clientOf(request)),
    get: (path, handle, options) => {
      server.get(path, optionsOf(options), handle);
    },
    form: (path, fields, handle, options) => {
      server.post(path, optionsOf(options), (request, reply) => {
        assertSameOrigin(request, publicUrl());
        const form = fields.safeParse(request.body ?? {});
        if (!form.success) throw new UnreadableForm();
        return handle(request, reply, form.data);
      });
    },
    page: (reply, text, status = 200) =>
      reply
        .code(status)
        .header('Content-Type', 'text/html; charset=utf-8')
        .send(withBasePath(brand.apply(text), publicUrl())),
    originOf: (request, { id, display_name: name }) => ({
      ...clientOf(request),
      actor: { kind: 'user', id, name },
    }),
    session: (request) => sessions.find(cookies.read(request, cookieName)),
    async startSession(request, reply, account, stage, to) {
      const opened = await sessions.open(account, stage, clientOf(request));
      cookies.set(reply, cookieName, opened.token.expose(), opened.seconds);
      results.forget(reply);
      return reply.redirect(to, 303);
    },
    clearSession(reply) {
      cookies.clear(reply, cookieName);
      results.forget(reply);
      return reply;
    },
  };
}
