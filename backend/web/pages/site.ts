import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '../../store/append-event.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { UserSession, UserSessions } from '../../self-service/user-sessions.ts';

/** What the pages share. */
export interface Site {
  readonly server: FastifyInstance;
  /** Milliseconds. */
  readonly now: () => number;
  /** Sends a page: never cached, with a content security policy that allows only our own style sheet and script. */
  page(reply: FastifyReply, text: string, status?: number): FastifyReply;
  clientOf(request: FastifyRequest): Omit<Origin, 'actor'>;
  originOf(request: FastifyRequest, account: AccountRow): Origin;
  /** The session of the request's cookie; null if there is none or it has expired. */
  session(request: FastifyRequest): Promise<UserSession | null>;
  /** Opens a session for a user who has just signed in, and redirects. */
  startSession(
    request: FastifyRequest,
    reply: FastifyReply,
    account: AccountRow,
    stage: { readonly mustChange: boolean; readonly needsCode?: boolean },
    to: string,
  ): Promise<FastifyReply>;
  /** Deletes the session cookie. */
  clearSession(reply: FastifyReply): FastifyReply;
}

const cookieName = 'reset_desk_user';
const cookie = { path: '/', httpOnly: true, sameSite: 'strict' } as const;
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
  'Content-Type': 'text/html; charset=utf-8',
} as const;

/** Limits one client to 60 requests a minute, for forms that hash a password or look up a link. */
export const perMinute = { config: { rateLimit: { max: 60, timeWindow: 60_000 } } } as const;

export function createSite(
  server: FastifyInstance,
  { sessions, publicUrl, now }: { sessions: UserSessions; publicUrl: () => string; now: () => number },
): Site {
  const secure = () => publicUrl().startsWith('https:');
  const clientOf = (request: FastifyRequest): Omit<Origin, 'actor'> => ({
    clientAddress: request.ip,
    client: request.headers['user-agent']?.slice(0, 200) ?? null,
  });
  return {
    server,
    now,
    clientOf,
    page: (reply, text, status = 200) => reply.code(status).headers(headers).send(text),
    originOf: (request, { id, display_name: name }) => ({
      ...clientOf(request),
      actor: { kind: 'user', id, name },
    }),
    session: (request) => sessions.find(request.cookies[cookieName]),
    async startSession(request, reply, account, stage, to) {
      const opened = await sessions.open(account, stage, clientOf(request));
      return reply
        .setCookie(cookieName, opened.token.expose(), { ...cookie, secure: secure(), maxAge: opened.seconds })
        .redirect(to, 303);
    },
    clearSession: (reply) => reply.clearCookie(cookieName, { ...cookie, secure: secure() }),
  };
}
