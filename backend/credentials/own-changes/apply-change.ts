import { changeEmail, changePhone } from './change-contact.ts';
import { addRecoveryAddress, removeRecoveryAddress } from './change-recovery-addresses.ts';
import { deleteAuthenticator, storeAuthenticator } from './store-authenticator.ts';
import { storeRecoveryCodes } from './store-recovery-codes.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { Applied, OwnChange } from './own-change.ts';

/** Applies a change by the owner of an account, records it, and notifies every address on file, including the previous one. */
export type ApplyChange = (
  tx: Transaction,
  record: RecordEvent,
  change: OwnChange,
  applied: Applied,
) => Promise<void>;

export function createApplyChange({
  policy,
  notifications,
  sealed,
}: {
  policy: PolicyInForce;
  notifications: Notifications;
  sealed: Sealed;
}): ApplyChange {
  return async (tx, record, change, applied) => {
    const { accountId, at } = applied;
    const tell = (what: string) => notifications.signInMethodChanged(tx, { accountId }, what);
    switch (change.kind) {
      case 'email':
        return changeEmail(tx, record, notifications, change.address, applied);
      case 'phone':
        return changePhone(tx, record, { policy, notifications }, change.phone, applied);
      case 'recovery-address':
        return addRecoveryAddress(tx, record, notifications, change.address, applied);
      case 'recovery-address-removed':
        return removeRecoveryAddress(tx, record, notifications, change.recoveryId, applied);
      case 'authenticator':
        await storeAuthenticator(tx, record, sealed, { ...change, accountId, at });
        return tell('an authenticator app was set up');
      case 'authenticator-removed':
        await deleteAuthenticator(tx, record, accountId);
        return tell('the authenticator app was removed');
      case 'recovery-codes':
        await storeRecoveryCodes(tx, record, { hashes: change.hashes, accountId, at });
        return tell('new recovery codes were created');
    }
  };
}
