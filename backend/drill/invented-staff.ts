import { everyAccount } from '../../shared/api/operator.ts';
import { rightsFor } from '../authorization/rights.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { newOperator } from '../operators/operators.ts';
import type { OperatorsTable } from '../store/tables.ts';

/** The approver, so that one operator can practise four eyes alone. */
export const approver = { id: 'drill-approver', displayName: 'Robin Vale' } as const;
/** The colleague who has refused a caller before. */
export const colleague = { id: 'drill-colleague', displayName: 'Kim Lund' } as const;

/** A row for an operator of the drill's desk; it has no password to sign in with. */
export const staffRow = (
  { id, displayName }: { readonly id: string; readonly displayName: string },
  at: number,
): OperatorsTable => ({
  ...newOperator,
  id,
  user_name: id,
  user_name_key: id,
  display_name: displayName,
  password_hash: '',
  roles: JSON.stringify(['operator', 'approver']),
  created_at: at,
  state: 'active',
  scope: JSON.stringify(everyAccount),
});

/** The approver's session; authenticated at `at`, in milliseconds. */
export const approverSession = (at: number): OperatorSession => ({
  id: 'drill-approver-session',
  operator: {
    ...approver,
    userName: approver.id,
    roles: ['approver'],
    scope: everyAccount,
  },
  rights: rightsFor(['approver'], everyAccount),
  authenticatedAt: at,
  expiresAt: at + 60_000,
});

/**
 * The trainee's session on the drill's desk: every invented account is in scope and none is their own. It counts as authenticated at `at`
 * (milliseconds), because a drill has nothing to protect.
 */
export const practising = (session: OperatorSession, at: number): OperatorSession => ({
  ...session,
  operator: {
    ...session.operator,
    scope: everyAccount,
  },
  authenticatedAt: at,
});
