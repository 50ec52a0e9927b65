import { z } from 'zod';
import { policyFor } from '../../../../shared/password-policy/policy.ts';
import { passwordFaults, type PasswordFault } from '../../../../shared/password-policy/rules.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Requirement } from '../../../casework/decision/read-requirement.ts';
import type { ChoosePassword } from '../../../self-service/choose-password.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import type { UserSession } from '../../../self-service/user-sessions.ts';
import type { Site } from '../site.ts';
import { currentPassword, newPassword } from '../form-fields.ts';
import { choosePage } from './choose-page.ts';

interface Collaborators {
  readonly choosePassword: ChoosePassword;
  readonly confirmPassword: ConfirmPassword;
  readonly policy: PolicyInForce;
  /** The open required reset of an account. */
  readonly readRequirement: (accountId: string) => Promise<Requirement | null>;
}

/** A refused change. */
const refused = z.object({ faults: z.array(z.enum(passwordFaults)), currentWrong: z.boolean() });

/** Changing the password while signed in, with a temporary or an own password. */
export function registerChoosePassword(
  site: Site,
  { choosePassword, confirmPassword, policy, readRequirement }: Collaborators,
): void {
  const { page, originOf, session, startSession, results, now } = site;
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

  site.get('/change-password', async (request, reply) => {
    const found = await session(request);
    if (!found) return reply.redirect('/login?after=change-password', 303);
    if (found.needsCode) return reply.redirect('/login/code', 303);
    const result = results.read(request, refused);
    if (result === null) return page(reply, await choosing(found, []));
    return page(reply, await choosing(found, result.faults, result.currentWrong), 422);
  });
  site.form(
    '/change-password',
    newPassword.extend(currentPassword.shape),
    async (request, reply, { current, ...chosen }) => {
      const found = await session(request);
      if (!found || found.needsCode) return reply.redirect('/login?said=over', 303);
      const refuse = (result: z.output<typeof refused>) =>
        results.redirect(reply, '/change-password', result);
      const by = originOf(request, found.account);
      if (!found.mustChange && !(await confirmPassword.confirm(found.account, current, by)))
        return refuse({ faults: [], currentWrong: true });
      const faults = await choosePassword.choose(
        found.account,
        found.mustChange ? chosen : { ...chosen, current },
        by,
      );
      if (faults.length > 0) return refuse({ faults: [...faults], currentWrong: false });
      // The change ended every session, including this one, so the user gets a new one.
      return startSession(request, reply, found.account, { mustChange: false }, '/account?said=changed');
    },
    { limited: true },
  );
}
