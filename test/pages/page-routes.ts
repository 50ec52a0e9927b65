import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import type { Desk } from '../../backend/app/composition/compose-desk.ts';
import { servePages } from '../../backend/app/composition/pages.ts';
import { createSelfService } from '../../backend/self-service/create-self-service.ts';

export interface PageRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

/** A stub of every collaborator: pages read theirs when they are registered, and call them only when a request comes. */
const stub: never = new Proxy(() => undefined, { get: () => stub, apply: () => stub }) as never;

const desk = {
  selfService: createSelfService(stub),
  casework: stub,
  operators: stub,
  reports: stub,
} as unknown as Desk;

/** Every page and form, from Fastify's own list of routes. Each of Fastify's HEAD routes belongs to a GET. */
export async function readPageRoutes(): Promise<readonly PageRoute[]> {
  const server = Fastify();
  await server.register(rateLimit, { global: false });
  const routes: PageRoute[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one === 'HEAD') continue;
      if (one !== 'GET' && one !== 'POST') throw new Error(`${one} ${url}: pages have GET and POST alone`);
      routes.push({ method: one === 'GET' ? 'GET' : 'POST', path: url });
    }
  });
  await server.register(servePages(stub, desk));
  await server.close();
  return routes;
}
