import type { FastifyReply, FastifyRequest } from 'fastify';
import { basePathOf } from '../../network/public-address.ts';

/** The cookies of the pages: only for the server, and only for requests from its own pages. */
export interface Cookies {
  /** Undefined if the request has no such cookie, or more than one, because another site of the domain must then have added one. */
  read(request: Pick<FastifyRequest, 'headers'>, name: string): string | undefined;
  /** `maxAge` in seconds. */
  set(reply: FastifyReply, name: string, value: string, maxAge: number): void;
  clear(reply: FastifyReply, name: string): void;
}

const attributes = { httpOnly: true, sameSite: 'strict' } as const;

/**
 * Over HTTPS the names have the prefix `__Host-`: browsers then refuse such a cookie from any other host of the domain, and over plain HTTP. Below a
 * path they have `__Secure-` instead, which allows a path, so that other services of the host do not get them.
 */
export function createCookies(publicUrl: () => string): Cookies {
  const isSecure = () => publicUrl().startsWith('https:');
  const basePath = () => basePathOf(publicUrl());
  const prefix = () => (isSecure() ? (basePath() === '' ? '__Host-' : '__Secure-') : '');
  const fullName = (name: string) => `${prefix()}${name}`;
  const scoped = () => ({ ...attributes, path: `${basePath()}/`, secure: isSecure() });
  return {
    read({ headers }, name) {
      const start = `${fullName(name)}=`;
      const found = (headers.cookie ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(start));
      return found.length === 1 ? found[0]?.slice(start.length) : undefined;
    },
    set(reply, name, value, maxAge) {
      reply.setCookie(fullName(name), value, { ...scoped(), maxAge });
    },
    clear(reply, name) {
      reply.clearCookie(fullName(name), scoped());
    },
  };
}
