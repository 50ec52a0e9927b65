import { z } from 'zod';
import { policyFor } from '../../../../shared/password-policy/policy.ts';
import { passwordFaults, type PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { OperatorLinks } from '../../../operators/operator-links.ts';
import type { LinkPurpose } from '../../../operators/operator-mails.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Site } from '../site.ts';
import { linkPath, newPassword, token } from '../form-fields.ts';
import { deadInvitationPage, invitationPage, joinedPage } from './invitation-views.ts';

interface Collaborators {
  readonly links: OperatorLinks;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
}

/** A refused form: the faults of the password; null if the link is not valid. */
const refused = z.object({ faults: z.array(z.enum(passwordFaults)).nullable() });

/** The page behind an operator's emailed link. */
export function registerInvitation(site: Site, { links, policy, publicUrl }: Collaborators): void {
  const { page, clientOf, fetchedBy, results } = site;
  const choosing = async (
    linkToken: string,
    { operator, purpose }: { operator: { user_name: string }; purpose: LinkPurpose },
    faults: readonly PasswordFault[],
  ) => {
    const asked = policyFor((await policy.current()).document.passwords);
    return invitationPage({ token: linkToken, purpose, userName: operator.user_name, asked, faults });
  };

  site.get(
    '/invitation/:token',
    async (request, reply) => {
      const given = token.parse(request.params);
      const result = results.read(request, refused);
      if (result?.faults === null) return page(reply, deadInvitationPage(), 410);
      const found = await links.inspect(given.token, result === null ? fetchedBy(request) : null);
      if (!found) return page(reply, deadInvitationPage(), 410);
      const content = await choosing(given.token, found, result?.faults ?? []);
      return page(reply, content, result === null ? 200 : 422);
    },
    { limited: true },
  );
  site.get('/invitation/done', (_request, reply) => page(reply, joinedPage(publicUrl())));
  site.form(
    '/invitation',
    token.extend(newPassword.shape),
    async (request, reply, { token: linkToken, ...chosen }) => {
      const used = await links.use(linkToken, chosen, clientOf(request));
      if (used.kind === 'done') return reply.redirect('/invitation/done', 303);
      const faults = used.kind === 'faults' ? [...used.faults] : null;
      return results.redirect(reply, linkPath('invitation', linkToken), { faults });
    },
    { limited: true },
  );
}
