import { policyFor } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { ResetLinks } from '../../../self-service/reset-links.ts';
import { choosePage } from '../choose-password/choose-page.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { newPassword, token } from '../form-fields.ts';
import { deadLinkPage, resetDonePage } from './reset-link-pages.ts';

/** The page behind a reset link. Opening it does not use the link: mail scanners open every link. */
export function registerResetLink(
  { server, page, clientOf, now }: Site,
  { links, policy }: { links: ResetLinks; policy: PolicyInForce },
): void {
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

  server.get('/reset/:token', perMinute, async (request, reply) => {
    const given = token.parse(request.params);
    const found = await links.inspect(given.token, clientOf(request));
    if (found.kind === 'dead') return page(reply, deadLinkPage(found.why), 410);
    return page(reply, await choosing(found, given.token, []));
  });
  server.get('/reset/done', (_request, reply) => page(reply, done));
  server.post('/reset', perMinute, async (request, reply) => {
    assertSameOrigin(request);
    const given = token.parse(request.body ?? {});
    const used = await links.use(given.token, newPassword.parse(request.body ?? {}), clientOf(request));
    if (used.kind === 'done') return reply.redirect('/reset/done', 303);
    if (used.kind === 'dead') return page(reply, deadLinkPage(used.why), 410);
    return page(reply, await choosing(used, given.token, used.faults), 422);
  });
}
