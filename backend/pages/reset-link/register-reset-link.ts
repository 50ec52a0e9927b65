import { policyFor } from '../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../shared/password-policy/rules.ts';
import type { AccountRow } from '../../directory/directory.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { ResetLinks } from '../../self-service/reset-links.ts';
import { choosePage } from '../choose-password/choose-page.ts';
import { assertOwnForm } from '../own-form.ts';
import { perMinute, type Site } from '../site.ts';
import { newPassword, token } from '../typed.ts';
import { deadLinkPage } from './dead-link-page.ts';

/** What a mailed link leads to. Opening it uses nothing up: mail scanners open every link. */
export function registerResetLink(
  { server, page, from }: Site,
  { links, policy }: { links: ResetLinks; policy: PolicyInForce },
): void {
  const choosing = async (account: AccountRow, linkToken: string, faults: readonly PasswordFault[]) =>
    choosePage({
      action: '/reset',
      token: linkToken,
      why: 'link',
      userName: account.user_name,
      asked: policyFor((await policy.current()).document.passwords, account.directory),
      faults,
    });

  server.get('/reset/:token', perMinute, async (request, reply) => {
    const given = token.parse(request.params);
    const found = await links.look(given.token, from(request));
    if (!found) return page(reply, deadLinkPage(), 410);
    return page(reply, await choosing(found.account, given.token, []));
  });
  server.post('/reset', perMinute, async (request, reply) => {
    assertOwnForm(request);
    const given = token.parse(request.body ?? {});
    const used = await links.use(given.token, newPassword.parse(request.body ?? {}), from(request));
    if (used.kind === 'done') return reply.redirect('/login?said=changed', 303);
    const found = used.kind === 'faults' ? await links.look(given.token, from(request)) : null;
    if (used.kind === 'dead' || !found) return page(reply, deadLinkPage(), 410);
    return page(reply, await choosing(found.account, given.token, used.faults), 422);
  });
}
