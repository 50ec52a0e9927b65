import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { assertProved } from './assert-proved.ts';
import type { OperatorSession } from './operator-session.ts';

/** Throws `session.reauthentication-required` unless the operator has proved themselves within the policy's time. */
export type AssertRecent = (session: OperatorSession) => Promise<void>;

export const createAssertRecent =
  ({ policy, now }: { policy: PolicyInForce; now: () => number }): AssertRecent =>
  async (session) => {
    const { operatorSession } = (await policy.current()).document;
    assertProved(session, operatorSession.reauthenticateAfter, now());
  };
