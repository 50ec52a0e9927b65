import { useEffect, useState } from 'react';
import type { judgePassword, PasswordVerdict } from '../../../shared/password-policy/check-password.ts';
import type { Owner } from '../../../shared/password-policy/owner.ts';
import type { PasswordPolicy } from '../../../shared/password-policy/policy.ts';

type Judge = typeof judgePassword;

/** The backend's own engine, with its word lists: too large for the start of the console, so it comes with the first form that needs it. */
const loadEngine = () => import('../../../shared/password-policy/check-password.ts');

/** The verdict on a password while it is typed; null until the engine is there. The backend decides all the same. */
export function usePasswordVerdict(
  password: string,
  policy: PasswordPolicy,
  owner: Owner,
): PasswordVerdict | null {
  const [judge, setJudge] = useState<Judge | null>(null);
  useEffect(() => {
    let here = true;
    void loadEngine().then((engine) => {
      if (here) setJudge(() => engine.judgePassword);
    });
    return () => {
      here = false;
    };
  }, []);
  return judge === null ? null : judge(password, policy, owner);
}
