import type { FastifyRequest } from 'fastify';

/** A form that another site sent. */
export class CrossOriginForm extends Error {}

/**
 * Throws {@link CrossOriginForm} for a form that another site sent (cross-site request forgery). Browsers state the origin in `Sec-Fetch-Site` or
 * `Origin`; a client that sends neither is no browser and holds no user's cookie.
 */
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
