import { retireOldPassword } from '../directories/built-in/old-password.ts';
import { readRequirement } from '../casework/decision/read-requirement.ts';
import { voidOpenLinks } from '../casework/resets/void-open-links.ts';
import type { Transaction, RecordEvent } from '../store/store.ts';

/**
 * Completes a sign-in after all proofs: resets the count of failures, voids reset links, and marks a temporary password as used. `viaOld` means
 * that the user signed in with the previous password while a temporary one is also valid. Returns whether the password must be changed now.
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
  // Using the temporary password retires the previous one and its sessions.
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
