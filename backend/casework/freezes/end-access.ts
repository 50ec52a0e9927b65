import { withdrawOpen } from '../../credentials/own-changes/settle-change.ts';
import type { Directory } from '../../directories/directory.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { voidOpenLinks } from '../resets/void-open-links.ts';

/** The results of ending the access to an account. */
export interface EndedAccess {
  /** The resets whose secret must be forgotten. */
  readonly resetIds: readonly string[];
  readonly sessionsEnded: number;
  readonly grants: number;
}

/** Ends everything that gives access to an account: its links, the temporary password, held changes, sessions and grants. */
export async function endAccess(
  tx: Transaction,
  record: RecordEvent,
  directory: Directory,
  { accountId, at, why }: { accountId: string; at: number; why: 'frozen' | 'closed' | 'disabled' },
): Promise<EndedAccess> {
  await voidOpenLinks(tx, record, accountId, at, why);
  // An attacker in the account may have requested other changes as well.
  await withdrawOpen(tx, record, { accountId, at });
  const resetId = await directory.withdrawTemporaryPassword(accountId, tx);
  if (resetId !== null) {
    await tx
      .updateTable('resets')
      .set({ voided_at: at })
      .where('id', '=', resetId)
      .where('voided_at', 'is', null)
      .execute();
  }
  const sessionsEnded = await directory.endSessions(accountId, tx);
  const grants = await tx
    .updateTable('grants')
    .set({ expires_at: at })
    .where('account_id', '=', accountId)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return {
    resetIds: resetId === null ? [] : [resetId],
    sessionsEnded,
    grants: Number(grants.numUpdatedRows),
  };
}
