import { policyFor } from '../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../shared/password-policy/rules.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { ChoosePassword } from '../../self-service/choose-password.ts';
import type { UserSession } from '../../self-service/user-sessions.ts';
import { assertOwnForm } from '../own-form.ts';
import { perMinute, type Site } from '../site.ts';
import { newPassword } from '../typed.ts';
import { choosePage } from './choose-page.ts';

/** A new password for whoever is signed in, by a temporary password or their own. */
export function registerChoosePassword(
  { server, page, byUser, session, enter }: Site,
  { choosePassword, policy }: { choosePassword: ChoosePassword; policy: PolicyInForce },
): void {
  const choosing = async ({ account, mustChange }: UserSession, faults: readonly PasswordFault[]) =>
    choosePage({
      action: '/change-password',
      why: mustChange ? 'temporary' : 'own',
      userName: account.user_name,
      asked: policyFor((await policy.current()).document.passwords, account.directory),
      faults,
    });

  server.get('/change-password', async (request, reply) => {
    const found = await session(request);
    return found ? page(reply, await choosing(found, [])) : reply.redirect('/login', 303);
  });
  server.post('/change-password', perMinute, async (request, reply) => {
    assertOwnForm(request);
    const found = await session(request);
    if (!found) return reply.redirect('/login?said=over', 303);
    const chosen = newPassword.parse(request.body ?? {});
    const faults = await choosePassword.choose(found.account, chosen, byUser(request, found.account));
    if (faults.length > 0) return page(reply, await choosing(found, faults), 422);
    // The change ended every session, this one included: whoever made it goes on in a new one.
    return enter(request, reply, found.account, false, '/account?said=changed');
  });
}
