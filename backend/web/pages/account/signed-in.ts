import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UserSession } from '../../../self-service/user-sessions.ts';
import type { Site } from '../site.ts';

/** Wraps a handler so that only fully signed-in users reach it; others are redirected to the step they still have to take. */
export const requireSignedIn =
  <Form extends readonly unknown[]>(
    { session }: Pick<Site, 'session'>,
    handle: (request: FastifyRequest, reply: FastifyReply, found: UserSession, ...form: Form) => unknown,
  ) =>
  async (request: FastifyRequest, reply: FastifyReply, ...form: Form): Promise<unknown> => {
    const found = await session(request);
    if (!found) return reply.redirect('/login', 303);
    if (found.needsCode) return reply.redirect('/login/code', 303);
    if (found.mustChange || found.required) return reply.redirect('/change-password', 303);
    return handle(request, reply, found, ...form);
  };
