import type { DeliveryMode } from '../../../shared/api/delivery.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { grantObstacle } from '../grants/spend-grant.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyVersion } from '../../policy/policy-in-force.ts';
import { defaultDelivery } from './default-delivery.ts';
import type { ResetCollaborators, ResetRequest } from './reset-collaborators.ts';

/** What has to be known of a reset before its transaction, since its password is made and hashed outside. */
export interface ResetPreflight {
  readonly account: AccountRow;
  readonly policy: PolicyVersion;
  readonly mode: DeliveryMode;
}

/**
 * Reads what a reset will most likely be. It decides nothing: whether there is a reset, and which, is decided by the standing that its transaction
 * reads. Null where its grant is not good, so that nobody can have passwords hashed for resets that will be refused.
 */
export function createPreflightReset({
  store,
  directory,
  policy,
  alerts,
  now,
}: Pick<ResetCollaborators, 'store' | 'directory' | 'policy' | 'alerts' | 'now'>) {
  return async (request: ResetRequest, session: OperatorSession): Promise<ResetPreflight | null> => {
    const { grantId, caseId, action, deliveryMode } = request;
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
    const { account } = found;
    const mode =
      deliveryMode ??
      defaultDelivery(inForce.document, {
        tier: account.tier,
        alertRaised: await alerts.raisedFor(account.tier),
      });
    return { account, policy: inForce, mode };
  };
}
