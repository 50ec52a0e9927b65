import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { OperatorSessionsTable } from '../store/tables.ts';

/** Whether a session is good for no call until its operator has proved themselves: its console was locked, or nobody used it for too long. */
export const isLocked = (
  { locked_at, last_activity_at }: Pick<OperatorSessionsTable, 'locked_at' | 'last_activity_at'>,
  { operatorSession }: Pick<PolicyDocument, 'operatorSession'>,
  now: number,
): boolean => locked_at !== null || last_activity_at + operatorSession.idleLock * 1000 <= now;
