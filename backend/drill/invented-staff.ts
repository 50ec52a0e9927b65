import { everyAccount } from '../../shared/api/operator.ts';
import { rightsFor } from '../authorization/rights.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { OperatorsTable } from '../store/tables.ts';

/** The colleague who says yes to what has its evidence, so that four eyes can be practised alone. */
export const approver = { id: 'drill-approver', displayName: 'Robin Vale' } as const;
/** The colleague who refused a caller before. */
export const colleague = { id: 'drill-colleague', displayName: 'Kim Lund' } as const;

/** A row for somebody of the drill's desk. Nobody can sign in with it. */
export const staffRow = (
  { id, displayName }: { readonly id: string; readonly displayName: string },
  at: number,
): OperatorsTable => ({
  id,
  user_name: id,
  user_name_key: id,
  display_name: displayName,
  password_hash: '',
  roles: JSON.stringify(['operator', 'approver']),
  failed_sign_ins: 0,
  locked_until: null,
  created_at: at,
  last_sign_in_at: null,
  state: 'active',
  scope: JSON.stringify(everyAccount),
  email: null,
  linked_account_id: null,
  totp_secret: null,
  totp_since: null,
  totp_last_step: null,
  failed_codes: 0,
  provider_issuer: null,
  provider_subject: null,
});

/** The approver at work; proved at `at`, in milliseconds. */
export const approverSession = (at: number): OperatorSession => ({
  id: 'drill-approver-session',
  operator: {
    ...approver,
    userName: approver.id,
    userNameKey: approver.id,
    roles: ['approver'],
    scope: everyAccount,
    emailKey: null,
    linkedAccountId: null,
  },
  rights: rightsFor(['approver']),
  authenticatedAt: at,
  expiresAt: at + 60_000,
});

/**
 * An operator as the drill's desk knows them: the same person and session, every invented account within reach, no account of their own among
 * them, and proved just now, since there is nothing to protect.
 */
export const practising = (session: OperatorSession, at: number): OperatorSession => ({
  ...session,
  operator: {
    ...session.operator,
    userNameKey: 'drill-operator',
    scope: everyAccount,
    emailKey: null,
    linkedAccountId: null,
  },
  authenticatedAt: at,
});
