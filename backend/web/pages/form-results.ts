import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Sealed } from '../../store/sealed.ts';
import type { Cookies } from './cookies.ts';

/**
 * The results of forms, kept for the page to which the browser is redirected after the form. No form is answered with a page of its own: going back
 * or reloading such a page would send the form again, including its password.
 */
export interface FormResults {
  /** Redirects to `path`, where {@link FormResults.read} finds `result`. It is kept for five minutes and must not hold a password. */
  redirect(reply: FastifyReply, path: string, result: unknown): FastifyReply;
  /** The result for this request; null if its address names none, if it has expired, or if a later form has replaced it. */
  read<T>(request: FastifyRequest, schema: z.ZodType<T>): T | null;
  /** Forgets the result, so that it is shown once. */
  forget(reply: FastifyReply): void;
}

const cookieName = 'reset_desk_form';
const sealName = 'form result';
/** Seconds. */
const keptFor = 300;

const kept = z.object({
  id: z.string(),
  path: z.string(),
  /** Milliseconds. */
  until: z.number(),
  result: z.unknown(),
});
const named = z.object({ result: z.string().min(1) });
const pathOf = (url: string): string => url.split('?')[0] ?? url;

/** Keeps each result in a sealed cookie of the browser that sent the form, so that any backend of the desk can read it. */
export function createFormResults(
  cookies: Cookies,
  { sealed, now }: { readonly sealed: Sealed; readonly now: () => number },
): FormResults {
  const open = (text: string): z.output<typeof kept> | null => {
    try {
      return kept.parse(JSON.parse(sealed.open(sealName, text)));
    } catch {
      // Changed by the client, or sealed with an earlier key.
      return null;
    }
  };
  return {
    redirect(reply, path, result) {
      const id = randomBytes(9).toString('base64url');
      const entry = { id, path: pathOf(path), until: now() + keptFor * 1000, result };
      cookies.set(reply, cookieName, sealed.seal(sealName, JSON.stringify(entry)), keptFor);
      return reply.redirect(`${path}${path.includes('?') ? '&' : '?'}result=${id}`, 303);
    },
    read(request, schema) {
      const asked = named.safeParse(request.query);
      const text = asked.success ? cookies.read(request, cookieName) : undefined;
      const entry = text === undefined ? null : open(text);
      if (!asked.success || entry === null || entry.id !== asked.data.result) return null;
      if (entry.path !== pathOf(request.url) || entry.until <= now()) return null;
      const parsed = schema.safeParse(entry.result);
      return parsed.success ? parsed.data : null;
    },
    forget: (reply) => cookies.clear(reply, cookieName),
  };
}
