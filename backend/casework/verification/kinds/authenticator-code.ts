import { authenticatorDigits } from '../../../credentials/enrolment/authenticator.ts';
import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import { checkObstacle, unlimited, type Check } from '../../decision/check.ts';
import { codeOf } from '../one-time-code.ts';

/** The code that the owner's authenticator app shows. */
export function createAuthenticatorCode(
  enrolment: Pick<Enrolment, 'authenticator' | 'authenticators'>,
): Check<'authenticator-code'> {
  return {
    kind: 'authenticator-code',
    limits: unlimited,
    async offer({ account, db }) {
      const authenticator = await enrolment.authenticator(account.id, db);
      return {
        obstacle: authenticator === null ? checkObstacle('not-enrolled') : null,
        destination: null,
        person: null,
        digits: authenticatorDigits,
        boundTo: authenticator?.id ?? null,
      };
    },
    async start({ document }) {
      const { tries, validFor } = document.code;
      return { secretHash: null, messageId: null, tries, validFor, callNumber: null, deliver: null };
    },
    async answer({ code }, { account, tx }) {
      const typed = codeOf(code, authenticatorDigits);
      const right = await enrolment.authenticators.use(account.id, typed, tx);
      return { outcome: right ? 'passed' : 'wrong' };
    },
  };
}
