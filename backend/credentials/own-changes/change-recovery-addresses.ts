import { randomUUID } from 'node:crypto';
import { identityKey } from '../../text/fold.ts';
import { maskEmail } from '../../text/mask.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { Applied } from './own-change.ts';

/** Adds a recovery address, unless the account has it already, and notifies every address on file. */
export async function addRecoveryAddress(
  tx: Transaction,
  record: RecordEvent,
  notifications: Notifications,
  address: string,
  { accountId, at }: Pick<Applied, 'accountId' | 'at'>,
): Promise<void> {
  await tx
    .insertInto('recovery_addresses')
    .values({
      id: randomUUID(),
      account_id: accountId,
      address,
      address_key: identityKey(address),
      added_at: at,
    })
    .onConflict((on) => on.columns(['account_id', 'address_key']).doNothing())
    .execute();
  await record({
    action: 'account.recovery-address-added',
    accountId,
    facts: { address: maskEmail(address) },
  });
  await notifications.contactsChanged(tx, [{ accountId, what: 'a recovery address was added' }]);
}

/** Removes a recovery address and notifies every address on file, including the removed one. */
export async function removeRecoveryAddress(
  tx: Transaction,
  record: RecordEvent,
  notifications: Notifications,
  recoveryId: string,
  { accountId }: Pick<Applied, 'accountId'>,
): Promise<void> {
  const removed = await tx
    .deleteFrom('recovery_addresses')
    .where('id', '=', recoveryId)
    .where('account_id', '=', accountId)
    .returning('address')
    .executeTakeFirst();
  const former = removed?.address ?? null;
  await record({
    action: 'account.recovery-address-removed',
    accountId,
    facts: { address: maskEmail(former) },
  });
  await notifications.contactsChanged(tx, [{ accountId, what: 'a recovery address was removed', former }]);
}
