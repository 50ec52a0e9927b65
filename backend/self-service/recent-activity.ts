import type { AuditAction } from '../../shared/api/timeline.ts';
import type { Store } from '../store/store.ts';

/** The events that a user sees about their own account. */
export const visibleActions = [
  'account.signed-in',
  'account.sign-in-failed',
  'account.signed-out',
  'account.locked',
  'account.password-changed',
  'account.details-changed',
  'account.contact-changed',
  'account.recovery-address-added',
  'account.recovery-address-removed',
  'account.contact-change-held',
  'account.second-factor-change-held',
  'own-change.asked',
  'own-change.approved',
  'own-change.denied',
  'own-change.lapsed',
  'own-change.withdrawn',
  'account.frozen',
  'account.linked-frozen',
  'account.unfrozen',
  'account.authenticator-enrolled',
  'account.authenticator-removed',
  'account.recovery-codes-created',
  'account.security-questions-set',
  'account.contact-unmasked',
  'case.opened',
  'case.refused',
  'check.passed',
  'check.failed',
  'reset.done',
  'reset-link.issued',
  'reset-link.fetched',
  'reset-link.opened',
  'reset-link.used',
  'self-service.link-requested',
  'self-service.session-ended',
] as const satisfies readonly AuditAction[];
export type VisibleAction = (typeof visibleActions)[number];

export interface Activity {
  /** Milliseconds. */
  readonly at: number;
  readonly action: VisibleAction;
  readonly refused: boolean;
  readonly clientAddress: string | null;
}

/** The newest events of an account, for its owner. They do not name operators. */
export const createRecentActivity =
  ({ store }: { store: Store }) =>
  async (accountId: string, limit: number): Promise<Activity[]> => {
    const rows = await store.db
      .selectFrom('audit_events')
      .select(['at', 'action', 'outcome', 'client_address', 'actor_kind'])
      .where('account_id', '=', accountId)
      .where('action', 'in', visibleActions)
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ at, action, outcome, client_address, actor_kind }) => ({
      at,
      action: action as VisibleAction,
      refused: outcome !== 'done',
      // Users do not see the addresses of operators.
      clientAddress: actor_kind === 'user' ? client_address : null,
    }));
  };
export type RecentActivity = ReturnType<typeof createRecentActivity>;
