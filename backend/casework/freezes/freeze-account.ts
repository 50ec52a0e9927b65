import { randomUUID } from 'node:crypto';
import type { Directory } from '../../directories/directory.ts';
import { withdrawOpen } from '../../credentials/own-changes/settle-change.ts';
import { voidOpenLinks } from '../resets/void-open-links.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';

/**
 * Freezes an account in one transaction: links, the temporary password, sessions and grants are void, and nothing new is issued until an
 * approver lifts the freeze. Answers the resets whose secret must be forgotten.
 */
export async function freezeAccount(
  tx: Transaction,
  record: RecordEvent,
  directory: Directory,
  { accountId, mailId, at }: { accountId: string; mailId: string; at: number },
): Promise<readonly string[]> {
  await tx
    .updateTable('accounts')
    .set({ frozen_at: at, updated_at: at })
    .where('id', '=', accountId)
    .execute();
  await tx
    .insertInto('account_freezes')
    .values({
      id: randomUUID(),
      account_id: accountId,
      frozen_at: at,
      by_name: null,
      via: 'not-me',
      mail_id: mailId,
      lifted_at: null,
      lifted_by: null,
      lift_reason: null,
    })
    .execute();
  await voidOpenLinks(tx, record, accountId, at, 'frozen');
  // An attacker who is in the account may have asked for other changes, too.
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
  await record({
    action: 'account.frozen',
    accountId,
    facts: {
      via: 'not-me',
      mail: mailId,
      temporaryPassword: resetId !== null,
      sessionsEnded,
      grants: Number(grants.numUpdatedRows),
    },
  });
  return resetId === null ? [] : [resetId];
}
