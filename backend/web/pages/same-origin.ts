import type { FastifyRequest } from 'fastify';

/** A form that another site sent. */
export class CrossOriginForm extends Error {}

/** A form of another site must not act in the user's name; browsers say where a form comes from. */
export function assertSameOrigin({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new CrossOriginForm();
    return;
  }
  const { origin, host } = headers;
  if (origin !== undefined && origin !== 'null' && URL.parse(origin)?.host !== host)
    throw new CrossOriginForm();
}
