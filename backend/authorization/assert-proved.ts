import { Refusal } from '../refusal.ts';
import type { OperatorSession } from './operator-session.ts';

/** Whether the operator has proved who they are within the last `seconds`. */
export const provedLately = (session: OperatorSession, seconds: number, now: number): boolean =>
  session.authenticatedAt + seconds * 1000 > now;

/** Throws unless the operator has proved who they are within the last `seconds`. */
export function assertProved(session: OperatorSession, seconds: number, now: number): void {
  if (!provedLately(session, seconds, now)) throw new Refusal('session.reauthentication-required');
}
