import { retireOldPassword } from '../directories/built-in/old-password.ts';
import { readRequirement } from '../casework/decision/read-requirement.ts';
import { voidOpenLinks } from '../casework/resets/void-open-links.ts';
import type { Transaction, RecordEvent } from '../store/store.ts';

/**
 * What a sign-in does once everything asked for was right: the count of failures ends, links are void, and a temporary password counts as used.
 * `viaOld`: with the password before a temporary one, while both are good. Answers whether the password must be changed now.
 */
export async function completeSignIn(
  tx: Transaction,
  record: RecordEvent,
  accountId: string,
  { viaOld, at }: { readonly viaOld: boolean; readonly at: number },
): Promise<{ mustChange: boolean }> {
  const credentials = await tx
    .selectFrom('account_credentials')
    .select(['must_change', 'reset_id'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  await tx
    .updateTable('accounts')
    .set({ failed_sign_ins: 0, locked_since: null })
    .where('id', '=', accountId)
    .execute();
  await voidOpenLinks(tx, record, accountId, at, 'signed-in');
  // Where the temporary one is used, the one before dies with its sessions.
  if (!viaOld && (await retireOldPassword(tx, accountId, { endSessions: true }))) {
    await record({ action: 'account.old-password-retired', accountId });
  }
  if (!viaOld && credentials?.reset_id != null) {
    await tx
      .updateTable('resets')
      .set({ used_at: at })
      .where('id', '=', credentials.reset_id)
      .where('used_at', 'is', null)
      .execute();
  }
  const temporary = !viaOld && credentials?.must_change === 1;
  const mustChange = temporary || (await readRequirement(tx, accountId)) !== null;
  await record({ action: 'account.signed-in', accountId, facts: { mustChange } });
  return { mustChange };
}
