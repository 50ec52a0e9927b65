import { randomUUID } from 'node:crypto';
import type { Directory } from '../../directories/directory.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import { endAccess } from './end-access.ts';

/**
 * Freezes an account in one transaction: links, the temporary password, sessions and grants become void, and nothing new is issued until an approver
 * lifts the freeze. Returns the resets whose secret must be forgotten.
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
  const { resetIds, sessionsEnded, grants } = await endAccess(tx, record, directory, {
    accountId,
    at,
    why: 'frozen',
  });
  await record({
    action: 'account.frozen',
    accountId,
    facts: {
      via: 'not-me',
      mail: mailId,
      temporaryPassword: resetIds.length > 0,
      sessionsEnded,
      grants,
    },
  });
  return resetIds;
}
