import type * as passwordCheckApi from '../../../shared/api/password-check.ts';
import { policyFor } from '../../../shared/password-policy/policy.ts';
import { describePolicy, explainFault } from '../../../shared/password-policy/texts/explain.ts';
import { loadEngine } from '../../passwords/password-engine/load-engine.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Handlers } from './handler.ts';

/** Verdicts on passwords over HTTP. */
export const createPasswordCheckHandlers = (policy: PolicyInForce): Handlers<typeof passwordCheckApi> => ({
  checkNewPassword: async ({ body: { password, directory, ...owner } }) => {
    const asked = policyFor((await policy.current()).document.passwords, directory);
    const { judgePassword } = await loadEngine();
    const { ok, broken } = judgePassword(password, asked, owner);
    return {
      ok,
      broken: broken.map((rule) => ({ rule, words: explainFault(rule, asked) })),
      asked: describePolicy(asked),
    };
  },
});
