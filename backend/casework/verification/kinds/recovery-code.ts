import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import { readRecoveryCode } from '../../../credentials/enrolment/recovery-codes.ts';
import { Refusal } from '../../../refusal.ts';
import { checkObstacle, unlimited, type Check } from '../../decision/check.ts';

/** One of the ten recovery codes that the owner saved. */
export function createRecoveryCode(
  enrolment: Pick<Enrolment, 'recoveryCodesLeft' | 'recoveryCodes'>,
): Check<'recovery-code'> {
  return {
    kind: 'recovery-code',
    limits: unlimited,
    async offer({ account, db }) {
      const codes = await enrolment.recoveryCodesLeft(account.id, db);
      const why = codes === null ? 'not-enrolled' : codes.left === 0 ? 'no-codes-left' : null;
      return {
        obstacle: why === null ? null : checkObstacle(why),
        destination: null,
        person: null,
        digits: null,
        boundTo: codes?.setId ?? null,
      };
    },
    async start({ document }) {
      const { tries, validFor } = document.code;
      return { secretHash: null, messageId: null, tries, validFor, callNumber: null, deliver: null };
    },
    async answer({ code }, { account, tx }) {
      const typed = readRecoveryCode(code);
      if (typed === null) {
        const message = 'A recovery code has ten letters and digits.';
        throw new Refusal('request.invalid', { fields: [{ path: 'body.code', message }] });
      }
      const right = await enrolment.recoveryCodes.use(account.id, typed, tx);
      return { outcome: right ? 'passed' : 'wrong' };
    },
  };
}
