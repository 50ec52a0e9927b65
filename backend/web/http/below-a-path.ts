import type { FastifyInstance } from 'fastify';
import { basePathOf } from '../../network/public-address.ts';

/**
 * Lets the desk live below a path, such as `https://example.com/desk`, behind a proxy that cuts the path off and behind one that passes it on.
 * Routes, handlers and pages know nothing of it: the path is taken from requests before they are routed, and put before redirects here and before links
 * in {@link withBasePath}.
 */
export function createBasePath(publicUrl: string | undefined) {
  const base = publicUrl === undefined ? '' : basePathOf(publicUrl);
  /** The first parts of all routes, such as `login`: they tell a path that was passed on from a page that has the same name. */
  const known = new Set<string>(['']);
  const firstPart = (path: string): string => path.split(/[/?#]/, 2)[1] ?? '';
  return {
    /**
     * The address without the path. A desk at `/reset` has a page `/reset/TOKEN` as well: the path counts as passed on only if a route begins behind it. A form
     * that is posted to the path itself is one of the page's.
     */
    rewriteUrl: ({
      url = '/',
      method,
    }: {
      readonly url?: string | undefined;
      readonly method?: string | undefined;
    }) => {
      if (base === '' || !url.startsWith(base)) return url;
      const rest = url.slice(base.length);
      if (rest === '' || rest.startsWith('?')) return method === 'POST' ? url : `/${rest}`;
      return rest.startsWith('/') && known.has(firstPart(rest)) ? rest : url;
    },
    register: (server: FastifyInstance): void => {
      if (base === '') return;
      server.addHook('onRoute', ({ url }) => {
        const part = firstPart(url);
        if (!part.startsWith(':') && part !== '*') known.add(part);
      });
      server.addHook('onSend', (_request, reply, _payload, done) => {
        const to = reply.getHeader('location');
        if (typeof to === 'string' && /^\/(?!\/)/.test(to)) reply.header('location', `${base}${to}`);
        done();
      });
    },
  };
}

/**
 * A page whose links, forms and files lead below the path. Texts of users cannot look like an attribute, since the quotation marks of every text are
 * escaped.
 */
export function withBasePath(page: string, publicUrl: string): string {
  const base = basePathOf(publicUrl);
  return base === ''
    ? page
    : page.replaceAll(/(\s(?:href|action|formaction|src))="\/(?!\/)/g, `$1="${base}/`);
}
