import type { FastifyInstance } from 'fastify';
import { apiPrefix } from '../../../shared/api/endpoint.ts';
import type { BackChannelLogout } from '../../operators/provider/back-channel-logout.ts';
import { Refusal } from '../../refusal.ts';

/** The address to register at the identity provider, below the public URL. */
export const backChannelLogoutPath = `${apiPrefix}/session/provider/back-channel-logout`;

/** Bytes; a token with the longest names is far shorter. */
const maxBytes = 64 * 1024;

/**
 * Receives the identity provider's notices that sessions have ended. It is not an endpoint of the Reset API, because OpenID Connect prescribes a form
 * and its answers (Back-Channel Logout 1.0, sections 2.5 and 2.8).
 */
export async function mountBackChannelLogout(
  server: FastifyInstance,
  { logout, callsPerMinute }: { readonly logout: BackChannelLogout; readonly callsPerMinute: number },
): Promise<void> {
  await server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: maxBytes },
      (_request, body, parsed) => parsed(null, new URLSearchParams(String(body))),
    );
    scope.setErrorHandler(async (thrown, _request, reply) => {
      const refusal = thrown instanceof Refusal ? thrown : null;
      const unavailable = refusal?.code === 'provider.unavailable';
      // The provider tries again after a 5xx, and gives up after a 400.
      return reply
        .code(
          unavailable || (refusal === null && (thrown as { statusCode?: number }).statusCode === undefined)
            ? 503
            : 400,
        )
        .header('Cache-Control', 'no-store')
        .send({
          error: 'invalid_request',
          error_description: refusal?.help.detail ?? refusal?.code ?? 'The request could not be read.',
        });
    });
    scope.post(
      backChannelLogoutPath,
      { config: { rateLimit: { max: callsPerMinute, timeWindow: 60_000 } } },
      async (request, reply) => {
        const tokens = request.body instanceof URLSearchParams ? request.body.getAll('logout_token') : [];
        const [token] = tokens;
        if (token === undefined || tokens.length > 1)
          throw new Refusal('provider.refused', { detail: 'Send one logout_token.' });
        const client = request.headers['user-agent'] ?? null;
        await logout.logOut(token, { clientAddress: request.ip, client });
        return reply.code(200).header('Cache-Control', 'no-store').send();
      },
    );
    done();
  });
}
