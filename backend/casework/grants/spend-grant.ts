import type { CaseAction } from '../../../shared/api/case.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction } from '../../store/store.ts';
import type { GrantsTable } from '../../store/tables.ts';

/** A use of a grant. Every field must equal what the grant was minted for. */
export interface GrantUse {
  readonly grantId: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly operatorId: string;
  readonly sessionId: string;
  readonly action: CaseAction;
  readonly policyVersion: number;
}

/** Why a grant does not allow this use; null if it does. `now` in milliseconds. */
export function grantObstacle(grant: GrantsTable, use: GrantUse, now: number): ErrorCode | null {
  if (grant.operator_id !== use.operatorId) return 'grant.other-operator';
  if (grant.session_id !== use.sessionId) return 'grant.other-session';
  if (grant.case_id !== use.caseId || grant.account_id !== use.accountId) return 'grant.other-case';
  if (grant.action !== use.action) return 'grant.other-action';
  if (grant.spent_at !== null) return 'grant.spent';
  if (grant.expires_at <= now) return 'grant.expired';
  // A clock that was set back must not prolong a grant.
  if (grant.minted_at > now) return 'grant.clock-set-back';
  // Assurance that was enough under the old policy may not be enough under the new one.
  if (grant.policy_version !== use.policyVersion) return 'grant.policy-changed';
  return null;
}

/** Spends the grant in the transaction that uses it. Of two concurrent uses, one succeeds. Returns whether there is such a grant. */
export async function spendGrant(tx: Transaction, use: GrantUse, now: number): Promise<boolean> {
  const grant = await tx.selectFrom('grants').selectAll().where('id', '=', use.grantId).executeTakeFirst();
  if (!grant) return false;
  const obstacle = grantObstacle(grant, use, now);
  if (obstacle !== null) throw new Refusal(obstacle);
  const { numUpdatedRows } = await tx
    .updateTable('grants')
    .set({ spent_at: now })
    .where('id', '=', use.grantId)
    .where('spent_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Refusal('grant.spent');
  return true;
}
