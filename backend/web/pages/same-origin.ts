import type { FastifyRequest } from 'fastify';

/** A form that another site sent. */
export class CrossOriginForm extends Error {}

const isOwnOrigin = (origin: string, ownHost: string, publicUrl: string): boolean => {
  const sent = URL.parse(origin);
  // `Origin: null` does not parse. Our own pages never send it, because their referrer policy is `same-origin`.
  if (sent === null || sent.origin === 'null') return false;
  return sent.host === ownHost || sent.origin === URL.parse(publicUrl)?.origin;
};

/**
 * Throws {@link CrossOriginForm} for a form that another site sent (cross-site request forgery). Browsers state the origin in `Sec-Fetch-Site` or
 * `Origin`; a client that sends neither is no browser and holds no user's cookie. An `Origin` has to be the public URL's or the request's own host,
 * for which `X-Forwarded-Host` counts only behind a trusted proxy.
 */
export function assertSameOrigin(
  { headers, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  publicUrl: string,
): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new CrossOriginForm();
    return;
  }
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, host, publicUrl)) throw new CrossOriginForm();
}
