import type { AccountRow } from '../directories/directory.ts';
import { isMailedToOwnerSince } from '../messaging/notifications/addresses-on-file.ts';
import type { Store, Transaction } from '../store/store.ts';

/**
 * Whether a temporary password, or half of it, was sent to an address or number that no longer belongs to the account. An attacker who reads messages
 * there may be the reason for its replacement.
 */
export async function isSentAstray(
  db: Transaction | Store['db'],
  account: Pick<AccountRow, 'id' | 'email_key' | 'email_changed_at' | 'phone_changed_at'>,
  resetId: string | null,
): Promise<boolean> {
  if (resetId === null) return false;
  const reset = await db
    .selectFrom('resets')
    .select(['sent_by', 'mail_id', 'intended_at'])
    .where('id', '=', resetId)
    .executeTakeFirst();
  if (reset === undefined || reset.sent_by === null) return false;
  return reset.sent_by === 'mail'
    ? !(await isMailedToOwnerSince(db, reset.mail_id, account, reset.intended_at))
    : (account.phone_changed_at ?? 0) >= reset.intended_at;
}
