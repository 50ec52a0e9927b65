import { useEffect, useState } from 'react';
import type { judgePassword, PasswordVerdict } from '../../../shared/password-policy/check-password.ts';
import type { Owner } from '../../../shared/password-policy/owner.ts';
import type { PasswordPolicy } from '../../../shared/password-policy/policy.ts';

type Judge = typeof judgePassword;

/** The same engine as in the backend. Its word lists are large, so it is loaded with the first form that needs it. */
const loadEngine = () => import('../../../shared/password-policy/check-password.ts');

/** The verdict on a password as it is typed; null until the engine is loaded. The backend checks the password again. */
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
