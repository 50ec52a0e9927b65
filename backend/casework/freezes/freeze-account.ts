import { randomUUID } from 'node:crypto';
import type { Directory } from '../../directories/directory.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import { readLinkedAccounts } from '../../authorization/persons.ts';
import { endAccess } from './end-access.ts';

/**
 * Freezes an account in one transaction: links, the temporary password, sessions and grants become void, and nothing new is issued until an approver
 * lifts the freeze. The same ends for the person's linked accounts, which stay usable: an intruder in one account, or in its mailbox, may be in the others.
 * Returns the resets whose secret must be forgotten, and the linked accounts.
 */
export async function freezeAccount(
  tx: Transaction,
  record: RecordEvent,
  directory: Directory,
  { accountId, mailId, at }: { accountId: string; mailId: string; at: number },
): Promise<{ readonly resetIds: readonly string[]; readonly linkedIds: readonly string[] }> {
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
  const account = await tx
    .selectFrom('accounts')
    .select(['id', 'user_name_key', 'email_key', 'employee_number_key', 'source_id_key'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const linked = (await readLinkedAccounts(tx, [account]))(accountId);
  const linkedIds = linked.map(({ id }) => id).filter((id) => id !== accountId);
  const forgotten = [...resetIds];
  for (const id of linkedIds) {
    const ended = await endAccess(tx, record, directory, { accountId: id, at, why: 'frozen' });
    forgotten.push(...ended.resetIds);
    await record({
      action: 'account.linked-frozen',
      accountId: id,
      facts: {
        frozen: accountId,
        temporaryPassword: ended.resetIds.length > 0,
        sessionsEnded: ended.sessionsEnded,
        grants: ended.grants,
      },
    });
  }
  return { resetIds: forgotten, linkedIds };
}
