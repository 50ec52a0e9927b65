import type { ResetView } from '../../../shared/api/reset.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { refusalOfFault } from '../../directories/configured/refusal-of-fault.ts';
import { DirectoryFault, type DirectoryFaultCode } from '../../directories/external/directory-fault.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { ResetAnswer, ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { sendingFailed, type SettleReset } from './settle-reset.ts';
import { resetViewOf } from './reset-view.ts';

export type ReadResets = ReturnType<typeof createReadResets>;

/** Why a reset failed: its message, its directory, or the end of the backend before anything was sent to the directory. */
function refusalOfFailure(failure: string | null): Refusal {
  if (failure === sendingFailed.text) return new Refusal('text.failed');
  if (failure === null || failure === sendingFailed.mail) return new Refusal('mail.failed');
  return refusalOfFault(
    new DirectoryFault(failure === 'crash' ? 'unreachable' : (failure as DirectoryFaultCode)),
  );
}

/** Resets as they were made. */
export function createReadResets(
  { store, secrets, now }: Pick<ResetCollaborators, 'store' | 'secrets' | 'now'>,
  settle: Pick<SettleReset, 'one'>,
) {
  const viewOf = async (resetId: string): Promise<ResetView> => {
    const reset = await store.db
      .selectFrom('resets')
      .selectAll()
      .where('id', '=', resetId)
      .executeTakeFirstOrThrow();
    const mail =
      reset.mail_id === null
        ? undefined
        : await store.db.selectFrom('mails').selectAll().where('id', '=', reset.mail_id).executeTakeFirst();
    return resetViewOf(reset, mail, { lost: false, now: now() });
  };

  /** The answer to an earlier request with the same key, if there was one. */
  const earlier = async (
    { caseId, grantId, action, key, credential, deliveryMode, oldPassword, sentBy }: ResetRequest,
    session: OperatorSession,
  ): Promise<ResetAnswer | null> => {
    const madeWithKey = () =>
      store.db
        .selectFrom('resets')
        .innerJoin('grants', 'grants.id', 'resets.grant_id')
        .selectAll('resets')
        .select('grants.session_id')
        .where('resets.operator_id', '=', session.operator.id)
        .where('idempotency_key', '=', key)
        .executeTakeFirst();
    let made = await madeWithKey();
    if (made?.state === 'intended') {
      // The call that made the reset has ended without an outcome: the operator gets what is known by now.
      await settle.one(made.id);
      made = await madeWithKey();
    }
    if (!made) return null;
    const same =
      // Another session of the operator, such as a thief's, must not read the temporary password.
      made.session_id === session.id &&
      made.case_id === caseId &&
      made.grant_id === grantId &&
      made.action === action &&
      ((credential ?? 'password') === 'access-pass') === (made.secret_style === 'access-pass') &&
      (deliveryMode ?? made.delivery_mode) === made.delivery_mode &&
      (oldPassword ?? made.old_password) === made.old_password &&
      // A spoken password is not sent, whatever the request says about it.
      (made.delivery_mode === 'spoken' || (sentBy ?? made.sent_by) === made.sent_by);
    if (!same) {
      throw new Refusal('reset.key-reused');
    }
    if (made.state === 'intended') throw new Refusal('reset.in-progress');
    if (made.state === 'unknown') throw new Refusal('reset.outcome-unknown');
    if (made.state === 'failed') throw refusalOfFailure(made.failure);
    const temporaryPassword = secrets.get(made.id);
    const readable = action === 'temporary-password' && made.delivery_mode !== 'sealed';
    if (readable && temporaryPassword === null) throw new Refusal('reset.secret-gone');
    return { reset: await viewOf(made.id), temporaryPassword };
  };

  return { viewOf, earlier };
}

/** Reads a finished reset of the operator. Throws `reset.not-found` or `case.not-yours`. */
export async function readResetOfOperator(
  tx: Transaction,
  resetId: string,
  session: OperatorSession,
): Promise<ResetsTable> {
  const reset = await tx.selectFrom('resets').selectAll().where('id', '=', resetId).executeTakeFirst();
  if (!reset || reset.state !== 'done') throw new Refusal('reset.not-found');
  if (reset.operator_id !== session.operator.id) throw new Refusal('case.not-yours');
  return reset;
}
