import type { ResetAction } from '../../shared/api/case.ts';
import type { OperatorSession } from '../../backend/authorization/operator-session.ts';
import { originOf, type Machine } from './machine.ts';
import type { History, World } from './oracle.ts';

export const minute = 60_000;

/** The number of runs that reached each point. */
export const createCounts = () => ({ resets: 0, withFourEyes: 0, refused: 0 });

interface ApprovalRequest {
  readonly by: number;
  readonly caseId: string;
  readonly action: ResetAction;
  readonly needed: readonly string[];
  readonly policyVersion: number;
}

/** One run: an account, its history, and what the operators hold. */
export interface Run {
  readonly machine: Machine;
  readonly sessions: readonly OperatorSession[];
  readonly seen: ReturnType<typeof createCounts>;
  readonly accountId: string;
  readonly history: History;
  /** The latest case of each operator. */
  readonly caseOf: Map<number, string>;
  readonly requests: Map<string, ApprovalRequest>;
  /** Rules that were broken. */
  readonly broken: string[];
  alertRaised: boolean;
}

/** An operator's call: their session, authenticated just now, and their case. */
export interface Call {
  readonly by: number;
  readonly session: OperatorSession;
  readonly origin: ReturnType<typeof originOf>;
  readonly caseId: string;
}

export const worldOf = ({ machine, alertRaised }: Run): World => ({
  now: machine.clock.at,
  alertRaised,
  policy: machine.inForce,
});
export const sessionOf = ({ machine, sessions }: Run, by: number): OperatorSession => ({
  ...(sessions[by] as OperatorSession),
  authenticatedAt: machine.clock.at,
});
/** Operator 1 is operator 0 at another console, in the same case. */
export const ownerOf = (by: number): number => (by === 1 ? 0 : by);
export const callBy = (run: Run, by: number): Call => {
  const session = sessionOf(run, by);
  return { by, session, origin: originOf(session), caseId: run.caseOf.get(ownerOf(by)) ?? 'none' };
};
/** Operators 0, 1 and 4 are the same person. */
export const personOf = (by: number): string => ['Olga', 'Olga', 'Otto', 'Petra', 'Olga'][by] ?? '';

/** Whether that person works on an open case about the account. */
export const worksOnIt = ({ caseOf, history, machine }: Run, by: number): boolean =>
  [...caseOf].some(
    ([owner, caseId]) =>
      personOf(owner) === personOf(by) &&
      !history.ended.has(caseId) &&
      machine.clock.at - (history.touched.get(caseId) ?? 0) < 60 * minute,
  );

export const touch = ({ machine, history }: Run, caseId: string) =>
  history.touched.set(caseId, machine.clock.at);
