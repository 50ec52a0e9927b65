import type { FastifyInstance } from 'fastify';
import { basePathOf } from '../../network/public-address.ts';

/**
 * Lets the desk live below a path, such as `https://example.com/desk`, behind a proxy that removes the path or passes it on. Routes, handlers and
 * pages do not know the path: it is removed from requests before they are routed, and added to redirects here and to links in {@link withBasePath}.
 */
export function createBasePath(publicUrl: string | undefined) {
  const base = publicUrl === undefined ? '' : basePathOf(publicUrl);
  /** The first segments of all routes, such as `login`. They distinguish a path that was passed on from a page with the same name. */
  const known = new Set<string>(['']);
  const firstPart = (path: string): string => path.split(/[/?#]/, 2)[1] ?? '';
  return {
    /**
     * The address without the path. A desk at `/reset` also has a page `/reset/TOKEN`: the path counts as passed on only if a route begins after it.
     * A form that is posted to the path itself is one of the page's.
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
 * A page whose links, forms and files lead below the path. Users' texts cannot look like an attribute, since the quotation marks of every text are
 * escaped.
 */
export function withBasePath(page: string, publicUrl: string): string {
  const base = basePathOf(publicUrl);
  return base === ''
    ? page
    : page.replaceAll(/(\s(?:href|action|formaction|src))="\/(?!\/)/g, `$1="${base}/`);
}
