import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { OperatorSession } from './operator-session.ts';

/** Whether the operator has signed in or re-authenticated within the last `seconds`. `now` in milliseconds. */
export const hasRecentProof = (session: OperatorSession, seconds: number, now: number): boolean =>
  session.authenticatedAt + seconds * 1000 > now;

/** Throws `session.reauthentication-required` unless {@link hasRecentProof}. */
export function assertRecentProof(session: OperatorSession, seconds: number, now: number): void {
  if (!hasRecentProof(session, seconds, now)) throw new Refusal('session.reauthentication-required');
}

/** {@link hasRecentProof} with the policy's own time. */
export type IsProved = (session: OperatorSession) => Promise<boolean>;

export const createIsProved =
  ({ policy, now }: { policy: PolicyInForce; now: () => number }): IsProved =>
  async (session) => {
    const { operatorSession } = (await policy.current()).document;
    return hasRecentProof(session, operatorSession.reauthenticateAfter, now());
  };
