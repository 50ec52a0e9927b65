import { z } from 'zod';
import { policyFor } from '../../../../shared/password-policy/policy.ts';
import { passwordFaults, type PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import { deadLinks } from '../../../self-service/find-link.ts';
import type { ResetLinks } from '../../../self-service/reset-links.ts';
import { choosePage } from '../choose-password/choose-page.ts';
import type { Site } from '../site.ts';
import { linkPath, newPassword, token } from '../form-fields.ts';
import { deadLinkPage, resetDonePage } from './reset-link-pages.ts';

/** A refused form: the faults of the password, or why the link is not valid. */
const refused = z.union([
  z.object({ faults: z.array(z.enum(passwordFaults)) }),
  z.object({ why: z.enum(deadLinks) }),
]);

/** The page behind a reset link. Opening it does not use the link: mail scanners open every link. */
export function registerResetLink(
  site: Site,
  { links, policy }: { links: ResetLinks; policy: PolicyInForce },
): void {
  const { page, clientOf, fetchedBy, results, now } = site;
  const choosing = async (
    { account, expiresAt }: { account: AccountRow; expiresAt: number },
    linkToken: string,
    faults: readonly PasswordFault[],
  ) =>
    choosePage({
      action: '/reset',
      token: linkToken,
      why: 'link',
      account,
      asked: policyFor((await policy.current()).document.passwords, account.directory),
      faults,
      until: expiresAt,
      now: now(),
    });
  const done = resetDonePage();

  site.get(
    '/reset/:token',
    async (request, reply) => {
      const given = token.parse(request.params);
      const result = results.read(request, refused);
      if (result !== null && 'why' in result) return page(reply, deadLinkPage(result.why), 410);
      const found = await links.inspect(given.token, result === null ? fetchedBy(request) : null);
      if (found.kind === 'dead') return page(reply, deadLinkPage(found.why), 410);
      return page(
        reply,
        await choosing(found, given.token, result?.faults ?? []),
        result === null ? 200 : 422,
      );
    },
    { limited: true },
  );
  site.get('/reset/done', (_request, reply) => page(reply, done));
  site.form(
    '/reset',
    token.extend(newPassword.shape),
    async (request, reply, { token: linkToken, ...chosen }) => {
      const used = await links.use(linkToken, chosen, clientOf(request));
      if (used.kind === 'done') return reply.redirect('/reset/done', 303);
      const result: z.output<typeof refused> =
        used.kind === 'dead' ? { why: used.why } : { faults: [...used.faults] };
      return results.redirect(reply, linkPath('reset', linkToken), result);
    },
    { limited: true },
  );
}
