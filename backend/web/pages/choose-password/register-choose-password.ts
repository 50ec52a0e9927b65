import { policyFor } from '../../../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Requirement } from '../../../casework/decision/read-requirement.ts';
import type { ChoosePassword } from '../../../self-service/choose-password.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import type { UserSession } from '../../../self-service/user-sessions.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { currentPassword, newPassword } from '../form-fields.ts';
import { choosePage } from './choose-page.ts';

interface Collaborators {
  readonly choosePassword: ChoosePassword;
  readonly confirmPassword: ConfirmPassword;
  readonly policy: PolicyInForce;
  /** The open required reset of an account. */
  readonly readRequirement: (accountId: string) => Promise<Requirement | null>;
}

/** Changing the password while signed in, with a temporary or an own password. */
export function registerChoosePassword(
  { server, page, originOf, session, startSession, now }: Site,
  { choosePassword, confirmPassword, policy, readRequirement }: Collaborators,
): void {
  const choosing = async (
    { account, mustChange, required: isRequired, temporaryUntil }: UserSession,
    faults: readonly PasswordFault[],
    currentWrong = false,
  ) => {
    const temporary = mustChange && temporaryUntil !== null;
    const required = isRequired || (mustChange && !temporary) ? await readRequirement(account.id) : null;
    return choosePage({
      action: '/change-password',
      why: required !== null ? 'required' : mustChange ? 'temporary' : 'own',
      ...(required !== null && { reason: required.reason }),
      // Someone at an unattended browser must not be able to take over the account.
      asksCurrent: !mustChange,
      account,
      asked: policyFor((await policy.current()).document.passwords, account.directory),
      faults,
      currentWrong,
      until: required?.dueAt ?? temporaryUntil,
      now: now(),
    });
  };

  server.get('/change-password', async (request, reply) => {
    const found = await session(request);
    if (!found) return reply.redirect('/login?after=change-password', 303);
    if (found.needsCode) return reply.redirect('/login/code', 303);
    return page(reply, await choosing(found, []));
  });
  server.post('/change-password', perMinute, async (request, reply) => {
    assertSameOrigin(request);
    const found = await session(request);
    if (!found || found.needsCode) return reply.redirect('/login?said=over', 303);
    const chosen = newPassword.parse(request.body ?? {});
    const by = originOf(request, found.account);
    if (!found.mustChange) {
      const { current } = currentPassword.parse(request.body ?? {});
      if (!(await confirmPassword.confirm(found.account, current, by)))
        return page(reply, await choosing(found, [], true), 422);
    }
    const faults = await choosePassword.choose(found.account, chosen, by);
    if (faults.length > 0) return page(reply, await choosing(found, faults), 422);
    // The change ended every session, including this one, so the user gets a new one.
    return startSession(request, reply, found.account, { mustChange: false }, '/account?said=changed');
  });
}
