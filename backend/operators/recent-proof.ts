import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { OperatorSession } from './operator-session.ts';

/** Throws `session.reauthentication-required` unless the operator has proved themselves within the policy's time. */
export type AssertRecent = (session: Pick<OperatorSession, 'authenticatedAt'>) => Promise<void>;

export const createAssertRecent =
  ({ policy, now }: { policy: PolicyInForce; now: () => number }): AssertRecent =>
  async ({ authenticatedAt }) => {
    const { operatorSession } = (await policy.current()).document;
    if (authenticatedAt + operatorSession.reauthenticateAfter * 1000 <= now())
      throw new Refusal('session.reauthentication-required');
  };
