import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { limits } from '../../../shared/api/limits.ts';
import { policyFor } from '../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../shared/password-policy/rules.ts';
import type { OperatorLinks } from '../../operators/operator-links.ts';
import type { LinkPurpose } from '../../operators/operator-mails.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { assertOwnForm } from '../own-form.ts';
import { deadInvitationPage, invitationPage, joinedPage } from './invitation-views.ts';

interface Collaborators {
  readonly links: OperatorLinks;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
}

const policyHeader =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const typed = z
  .string()
  .max(4 * limits.password)
  .catch('');
const form = z.object({ token: z.string().max(200).catch(''), password: typed, repeated: typed });
const perMinute = { config: { rateLimit: { max: 60, timeWindow: 60_000 } } } as const;

/** The page behind an operator's mailed link, within the scope of the other pages, which read forms and catch errors. */
export function registerInvitation(
  server: FastifyInstance,
  { links, policy, publicUrl }: Collaborators,
): void {
  const page = (reply: FastifyReply, text: string, status = 200) =>
    reply
      .code(status)
      .headers({
        'Content-Security-Policy': policyHeader,
        'Cache-Control': 'no-store',
        'Content-Type': 'text/html; charset=utf-8',
      })
      .send(text);
  const from = (request: FastifyRequest) => ({
    clientAddress: request.ip,
    client: request.headers['user-agent']?.slice(0, 200) ?? null,
  });
  const choosing = async (
    token: string,
    { operator, purpose }: { operator: { user_name: string }; purpose: LinkPurpose },
    faults: readonly PasswordFault[],
  ) => {
    const asked = policyFor((await policy.current()).document.passwords);
    return invitationPage({ token, purpose, userName: operator.user_name, asked, faults });
  };

  server.get('/invitation/:token', perMinute, async (request, reply) => {
    const { token } = form.parse(request.params);
    const found = await links.look(token, from(request));
    if (!found) return page(reply, deadInvitationPage(), 410);
    return page(reply, await choosing(token, found, []));
  });
  server.post('/invitation', perMinute, async (request, reply) => {
    assertOwnForm(request);
    const { token, ...chosen } = form.parse(request.body ?? {});
    const used = await links.use(token, chosen, from(request));
    if (used.kind === 'done') return page(reply, joinedPage(publicUrl()));
    const found = used.kind === 'faults' ? await links.look(token, from(request)) : null;
    if (used.kind === 'dead' || !found) return page(reply, deadInvitationPage(), 410);
    return page(reply, await choosing(token, found, used.faults), 422);
  });
}
