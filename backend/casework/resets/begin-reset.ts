import type { ResetAction } from '../../../shared/api/case.ts';
import { useApproval } from '../approvals/approvals.ts';
import { actionObstacle, refusalFor } from '../decision/action-obstacle.ts';
import { replaceable, without } from '../decision/replaceable.ts';
import { assertOpen, extendCase, type CaseContext } from '../decision/case-context.ts';
import { spendGrant } from '../grants/spend-grant.ts';
import { assertProved } from '../../authorization/assert-proved.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { createRevokeReset } from './revoke-reset.ts';

/** Spends the grant and writes the intent; everything that could refuse a reset is asked here, in its transaction. */
export type BeginReset = (
  tx: Transaction,
  record: RecordEvent,
  request: ResetRequest,
  session: OperatorSession,
  resetId: string,
) => Promise<{ read: CaseContext; reset: ResetsTable }>;

export function createBeginReset({
  context,
  directory,
  secrets,
  now,
}: Pick<ResetCollaborators, 'context' | 'directory' | 'secrets' | 'now'>): BeginReset {
  const takeBack = createRevokeReset({ directory, now });
  const assertMayReset = (read: CaseContext, action: ResetAction, session: OperatorSession): void => {
    const obstacle = actionObstacle(read, action, { session, directory, held: secrets.has });
    if (obstacle !== null) throw new Refusal(refusalFor[obstacle]);
    assertProved(session, read.policy.document.operatorSession.reauthenticateAfter, now());
  };

  return async (tx, record, { caseId, grantId, action, key, insteadOf }, session, resetId) => {
    const read = await context.read(caseId, session, tx);
    assertOpen(read);
    // First of all what was not proved: more is to be done about it than about anything that follows.
    if (!read.assurance.met) throw new Refusal('assurance.not-enough');
    const { policy, found } = read;
    // A grant that is there says most exactly what is wrong with this use of it.
    const spent = await spendGrant(
      tx,
      {
        grantId,
        caseId,
        accountId: found.account.id,
        operatorId: session.operator.id,
        sessionId: session.id,
        action,
        policyVersion: policy.version,
      },
      now(),
    );
    const replaced = insteadOf === undefined ? null : replaceable(read, insteadOf);
    assertMayReset(without(read, insteadOf), action, session);
    if (!spent) throw new Refusal('grant.not-found');
    if (replaced !== null) await takeBack(tx, record, replaced, resetId);
    const { temporaryPassword, resetLink } = policy.document;
    const reset: ResetsTable = {
      id: resetId,
      case_id: caseId,
      account_id: found.account.id,
      operator_id: session.operator.id,
      grant_id: grantId,
      action,
      tier: found.account.tier,
      idempotency_key: key,
      state: 'intended',
      intended_at: now(),
      settled_at: null,
      failure: null,
      valid_until: now() + (action === 'reset-link' ? resetLink : temporaryPassword).validFor * 1000,
      sessions_ended: 0,
      unlocked: 0,
      sent_to: null,
      sent_by: null,
      secret_bits: null,
      secret_style: null,
      delivery_mode: 'spoken',
      old_password: 'dies-now',
      mail_id: null,
      revealed_at: null,
      handed_over_at: null,
      opened_at: null,
      used_at: null,
      password_set_at: null,
      voided_at: null,
      resent: 0,
      resent_at: null,
      revoked_at: null,
    };
    await tx.insertInto('resets').values(reset).execute();
    const approval = read.approvedFor(action);
    if (approval) await useApproval(tx, approval.id);
    await extendCase(tx, caseId, now());
    await record({
      action: 'reset.intended',
      accountId: found.account.id,
      caseId,
      facts: { action, reset: resetId, tier: found.account.tier },
      policyVersion: policy.version,
    });
    return { read, reset };
  };
}
