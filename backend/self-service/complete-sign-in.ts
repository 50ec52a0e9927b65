import { retireOldPassword } from '../directories/built-in/old-password.ts';
import { readRequirement } from '../casework/decision/read-requirement.ts';
import { voidOpenLinks } from '../casework/resets/void-open-links.ts';
import type { Transaction, RecordEvent } from '../store/store.ts';

/**
 * Completes a sign-in after all proofs: resets the count of failures, voids reset links, and marks a temporary password as used. `temporary`: the password must be changed now. `viaOld` means
 * that the user signed in with the previous password while a temporary one is also valid. Returns whether the password must be changed now.
 */
export async function completeSignIn(
  tx: Transaction,
  record: RecordEvent,
  accountId: string,
  {
    viaOld,
    temporary: isTemporary,
    at,
  }: { readonly viaOld: boolean; readonly temporary: boolean; readonly at: number },
): Promise<{ mustChange: boolean }> {
  const credentials = await tx
    .selectFrom('account_credentials')
    .select('reset_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const elsewhere =
    credentials === undefined
      ? await tx
          .selectFrom('directory_accounts')
          .select('temporary_reset_id')
          .where('account_id', '=', accountId)
          .executeTakeFirst()
      : undefined;
  const resetId = credentials?.reset_id ?? elsewhere?.temporary_reset_id ?? null;
  await tx
    .updateTable('accounts')
    .set({ failed_sign_ins: 0, locked_since: null })
    .where('id', '=', accountId)
    .execute();
  await voidOpenLinks(tx, record, accountId, at, 'signed-in');
  // Using the temporary password ends the previous one and its sessions.
  if (!viaOld && (await retireOldPassword(tx, accountId, { endSessions: true }))) {
    await record({ action: 'account.old-password-retired', accountId });
  }
  if (!viaOld && resetId !== null) {
    await tx
      .updateTable('resets')
      .set({ used_at: at })
      .where('id', '=', resetId)
      .where('used_at', 'is', null)
      .execute();
  }
  const mustChange = isTemporary || (await readRequirement(tx, accountId)) !== null;
  await record({ action: 'account.signed-in', accountId, facts: { mustChange } });
  return { mustChange };
}
