import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { PasswordRequests } from '../../../self-service/forgot-password/password-requests.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { email } from '../form-fields.ts';
import { forgotPage, sentPage } from './forgot-pages.ts';

/** The pages behind "Forgot password?". Every address gets the same answer after the same work. */
export function registerForgotPassword(
  { server, page, clientOf, now }: Site,
  { requests, policy }: { requests: PasswordRequests; policy: PolicyInForce },
): void {
  const empty = forgotPage();
  server.get('/forgot-password', (_request, reply) => page(reply, empty));
  server.post('/forgot-password', perMinute, async (request, reply) => {
    assertSameOrigin(request);
    const { address } = email.parse(request.body ?? {});
    if (!/^[^\s@]+@[^\s@]+$/.test(address))
      return page(reply, forgotPage({ kind: 'invalid-address' }, address), 422);
    const outcome = await requests.submit(address, clientOf(request));
    if (outcome.kind === 'rate-limited') {
      const { until } = outcome;
      reply.header('Retry-After', Math.max(1, Math.ceil((until - now()) / 1000)));
      return page(reply, forgotPage({ kind: 'rate-limited', until, now: now() }, address), 429);
    }
    const { resetLink } = (await policy.current()).document;
    return page(reply, sentPage(address, resetLink.validFor));
  });
}
