import type { Owner } from '../../shared/password-policy/owner.ts';
import { policyFor } from '../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import { explainFault } from '../../shared/password-policy/texts/explain.ts';
import type { Origin } from '../store/append-event.ts';
import type { ScreenPassword } from '../passwords/breached-passwords/screen-password.ts';
import { loadEngine } from '../passwords/password-engine/load-engine.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';

export interface JudgeOperatorPassword {
  /** The faults of a password that an operator has chosen. The list of breached passwords is queried only if there is no other fault. */
  faults(password: string, owner: Owner, origin: Origin): Promise<readonly PasswordFault[]>;
  /** Throws `password.policy` with the sentence of every fault. */
  refuse(faults: readonly PasswordFault[]): Promise<never>;
}

/** Judges all passwords that operators choose: at the set-up, with an invitation, and when they change it. */
export function createJudgeOperatorPassword({
  policy,
  screenPassword,
}: {
  policy: PolicyInForce;
  screenPassword: ScreenPassword;
}): JudgeOperatorPassword {
  const asked = async () => policyFor((await policy.current()).document.passwords);
  return {
    async faults(password, owner, origin) {
      const rules = await asked();
      const { judgePassword } = await loadEngine();
      const { broken } = judgePassword(password, rules, owner);
      if (broken.length > 0 || !rules.breached) return broken;
      return (await screenPassword.isBreached(password, origin, null)) ? ['breached'] : [];
    },
    async refuse(faults) {
      const rules = await asked();
      const fields = faults.map((fault) => ({ path: 'password', message: explainFault(fault, rules) }));
      throw new Refusal('password.policy', { fields });
    },
  };
}
