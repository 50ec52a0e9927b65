import { policyFor } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { OperatorLinks } from '../../../operators/operator-links.ts';
import type { LinkPurpose } from '../../../operators/operator-mails.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { newPassword, token } from '../form-fields.ts';
import { deadInvitationPage, invitationPage, joinedPage } from './invitation-views.ts';

interface Collaborators {
  readonly links: OperatorLinks;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
}

const form = token.extend(newPassword.shape);

/** The page behind an operator's emailed link. */
export function registerInvitation(
  { server, page, clientOf }: Site,
  { links, policy, publicUrl }: Collaborators,
): void {
  const choosing = async (
    linkToken: string,
    { operator, purpose }: { operator: { user_name: string }; purpose: LinkPurpose },
    faults: readonly PasswordFault[],
  ) => {
    const asked = policyFor((await policy.current()).document.passwords);
    return invitationPage({ token: linkToken, purpose, userName: operator.user_name, asked, faults });
  };

  server.get('/invitation/:token', perMinute, async (request, reply) => {
    const given = token.parse(request.params);
    const found = await links.inspect(given.token, clientOf(request));
    if (!found) return page(reply, deadInvitationPage(), 410);
    return page(reply, await choosing(given.token, found, []));
  });
  server.post('/invitation', perMinute, async (request, reply) => {
    assertSameOrigin(request);
    const { token: linkToken, ...chosen } = form.parse(request.body ?? {});
    const used = await links.use(linkToken, chosen, clientOf(request));
    if (used.kind === 'done') return page(reply, joinedPage(publicUrl()));
    const found = used.kind === 'faults' ? await links.inspect(linkToken, clientOf(request)) : null;
    if (used.kind === 'dead' || !found) return page(reply, deadInvitationPage(), 410);
    return page(reply, await choosing(linkToken, found, used.faults), 422);
  });
}
