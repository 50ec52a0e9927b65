import { effectiveTier } from '../../directories/effective-tier.ts';
import type { DeliveryMode } from '../../../shared/api/delivery.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { grantObstacle } from '../grants/spend-grant.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyVersion } from '../../policy/policy-in-force.ts';
import { defaultDelivery } from './default-delivery.ts';
import type { ResetCollaborators, ResetRequest } from './reset-collaborators.ts';

/** The facts that a reset needs before its transaction, because its password is generated and hashed outside of it. */
export interface ResetPreflight {
  readonly account: AccountRow;
  readonly policy: PolicyVersion;
  readonly mode: DeliveryMode;
}

/**
 * Predicts a reset from the few rows that its password depends on. It decides nothing: the transaction reads the case's context and asks
 * `decision/`. Null if the grant does not allow the reset, so that a client cannot make the backend hash passwords for resets that will be refused.
 */
export function createPreflightReset({
  store,
  directory,
  policy,
  alerts,
  now,
}: Pick<ResetCollaborators, 'store' | 'directory' | 'policy' | 'alerts' | 'now'>) {
  return async (request: ResetRequest, session: OperatorSession): Promise<ResetPreflight | null> => {
    const { grantId, caseId, action, credential, deliveryMode } = request;
    const grant = await store.db
      .selectFrom('grants')
      .selectAll()
      .where('id', '=', grantId)
      .executeTakeFirst();
    if (!grant) return null;
    const inForce = await policy.current();
    const use = {
      grantId,
      caseId,
      accountId: grant.account_id,
      operatorId: session.operator.id,
      sessionId: session.id,
      action,
      policyVersion: inForce.version,
    };
    if (grantObstacle(grant, use, now()) !== null) return null;
    const found = await directory.get(grant.account_id);
    if (!found) return null;
    const tier = effectiveTier(found.account, inForce.document.contactCoolDown, now());
    const account = { ...found.account, tier };
    const mode =
      deliveryMode ??
      (credential === 'access-pass' ? 'spoken' : null) ??
      defaultDelivery(inForce.document, {
        tier: account.tier,
        alertRaised: await alerts.raisedFor(account.tier, session.operator.id),
      });
    return { account, policy: inForce, mode };
  };
}
